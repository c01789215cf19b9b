package sirkuit.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import sirkuit.Problem;
import sirkuit.dataset.table.TextSource;

@Isolated("measures the memory of its JVM")
class DatasetTest {
    private static final LabelMap NLI = new LabelMap(List.of("entailment", "neutral", "contradiction"));

    @TempDir
    Path folder = Path.of("");

    @Test
    void labelsAreKnownByNameNumberAndTheSpellingsOfCorpora() throws IOException {
        Dataset data = open("premise,hypothesis,label\na,b,Neutral\na,c,contradictory\na,d,0\na,e,LABEL_2\n");
        assertThat(data.classCounts()).containsExactly(1, 1, 2);
        assertThatThrownBy(() -> open("premise,hypothesis,label\na,b,3\n"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("\"3\"");
    }

    @Test
    void overlapAndRepetitionsAreCounted() throws IOException {
        Dataset one = open("text,label\na,0\nb,1\na,2\nc,0\n");
        Dataset other = open("text,label\nc,0\na,0\nd,0\n");
        assertThat(one.duplicates()).isEqualTo(1);
        assertThat(one.overlap(other)).isEqualTo(3);
        assertThat(other.overlap(one)).isEqualTo(2);
    }

    /// Pairs are one text: the same first sentence with another second one is another row.
    @Test
    void aPairIsRepeatedOnlyWhenBothTextsAre() throws IOException {
        assertThat(open("premise,hypothesis,label\na,b,0\na,c,0\na,b,1\n").duplicates())
                .isEqualTo(1);
    }

    @Test
    void examplesAreSelectedInTheOrderAskedForAndStreamedInTheFiles() throws IOException {
        Dataset data = open("text,label\na,0\nb,1\nc,2\nd,0\ne,1\n");
        assertThat(data.select(List.of(3, 0, 3)))
                .extracting(Dataset.Example::text)
                .containsExactly("d", "a", "d");
        List<Integer> sizes = new ArrayList<>();
        data.forEach(2, some -> sizes.add(some.size()));
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    void aFileThatChangesBetweenTwoReadingsIsNoticed() throws IOException {
        Dataset data = open("text,label\na,0\nb,1\n");
        Files.writeString(data.file(), "text,label\na,0\nx,1\n");
        assertThatThrownBy(() -> data.select(List.of(0)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("was changed");
    }

    @Test
    void textsAreNotHeldInMemory() throws IOException {
        Path file = folder.resolve("many.csv");
        String text = "kata ".repeat(40);
        try (var out = Files.newBufferedWriter(file)) {
            out.write("text,label\n");
            for (int i = 0; i < 100_000; i++) {
                out.write(text + i + "," + i % 3 + "\n");
            }
        }
        Dataset data = Dataset.open(TextSource.of(file), NLI);
        long before = used();
        int[] most = new int[1];
        data.forEach(1000, some -> most[0] = Math.max(most[0], some.size()));
        assertThat(data.size()).isEqualTo(100_000);
        assertThat(most[0]).isEqualTo(1000);
        // The texts are 20 MB (40 MB as two-byte strings); labels and fingerprints are 1.2 MB.
        assertThat(used() - before).isLessThan(8L << 20);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private Dataset open(String content) throws IOException {
        Path file = Files.createTempFile(folder, "data", ".csv");
        return Dataset.open(TextSource.of(Files.writeString(file, content)), NLI);
    }
}
