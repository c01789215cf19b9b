package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CommaListTest {
    private static String random(Random random) {
        return random.ints(random.nextInt(6), 0, 6)
                .mapToObj(i -> ",=\\ab ".substring(i, i + 1))
                .collect(Collectors.joining());
    }

    @Test
    void whateverANameHoldsItIsReadAsItWasWritten() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            List<String> list = List.of(random(random), random(random), random(random));
            assertThat(CommaList.split(CommaList.joined(list))).isEqualTo(list);
            Map<String, String> pairs = new LinkedHashMap<>();
            list.forEach(key -> pairs.put(key, random(random)));
            Map<String, String> read = new LinkedHashMap<>();
            CommaList.pairs(CommaList.written(pairs)).forEach(p -> read.put(p.left(), String.valueOf(p.right())));
            assertThat(read).containsExactlyEntriesOf(pairs);
        }
    }

    @Test
    void whatNeedsNoBackslashIsReadAsBefore() {
        assertThat(CommaList.split("a,b c,\\d")).containsExactly("a", "b c", "\\d");
        assertThat(CommaList.split("")).containsExactly("");
        assertThat(CommaList.pairs("a=b=c,d,"))
                .containsExactly(new CommaList.Pair("a", "b=c"), new CommaList.Pair("d", null));
    }
}
