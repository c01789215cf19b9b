package sirkuit.engine.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.dataset.Dataset;
import sirkuit.dataset.LabelMap;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;

/// Which texts train and which choose.
class SplitsTest {
    private static final LabelMap LABELS = new LabelMap(List.of("no", "yes"), LabelMap.Named.CONFIG, Map.of());

    @TempDir
    Path folder = Path.of("");

    private Dataset all;
    private Dataset test;

    @BeforeEach
    void write() throws IOException {
        all = texts("train", 40, 20);
        test = texts("test", 5, 5);
    }

    private Dataset texts(String name, int no, int yes) throws IOException {
        List<String> lines = new ArrayList<>(List.of("text,label"));
        for (int i = 0; i < no + yes; i++) {
            lines.add(name + i + "," + (i < no ? "no" : "yes"));
        }
        Path file = Files.write(folder.resolve(name + ".csv"), lines);
        return read(file);
    }

    private static Dataset read(Path file) {
        return Dataset.open(new DataFile(file.toString()).source(), LABELS);
    }

    private Splits of(int examples, @Nullable Dataset valid, @Nullable Double share) {
        RunConfig.Settings d = RunConfig.Settings.DEFAULT;
        RunConfig.Settings settings =
                new RunConfig.Settings(d.batches(), d.optimizer(), null, 0, 0, examples, d.maxLength(), 7);
        DataFile file = valid == null ? null : new DataFile(valid.file().toString());
        RunConfig config = new RunConfig(
                RunConfig.VERSION,
                "run",
                "checkpoint",
                null,
                RunConfig.Parameters.FULL,
                new RunConfig.Data(new DataFile("train.csv"), new DataFile("test.csv"), null, Map.of(), file, share),
                settings);
        return Splits.of(config, all, valid, test);
    }

    private List<Integer> counts(List<Integer> indices) {
        int yes = (int) indices.stream().filter(i -> all.label(i) == 1).count();
        return List.of(indices.size() - yes, yes);
    }

    @Test
    void aFifthIsKeptAsideTheSameNumberOfEachClassAndTheRestIsTrainedOn() {
        Splits splits = of(0, null, 0.2);
        assertThat(counts(splits.aside())).containsExactly(6, 6);
        List<Integer> both = new ArrayList<>(splits.aside());
        both.addAll(splits.train());
        assertThat(both)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 60).boxed().toList());
        assertThat(splits.notes()).singleElement().satisfies(n -> assertThat(n.english())
                .startsWith("12 of the 60 training texts"));
        assertThat(of(0, null, 0.2)).isEqualTo(splits);
    }

    @Test
    void whatIsKeptAsideCountsAmongTheFewShotTexts() {
        Splits splits = of(20, null, 0.2);
        assertThat(counts(splits.aside())).containsExactly(2, 2);
        assertThat(counts(splits.train())).containsExactly(8, 8);
        assertThat(splits.aside()).doesNotContainAnyElementsOf(splits.train());
    }

    @Test
    void withoutAValidSplitAllIsTrainedOn() {
        assertThat(of(0, null, null)).isEqualTo(new Splits(null, null, List.of()));
    }

    @Test
    void aValidFileThatSharesTextsWithTheTestFileIsNotedAndTheTestFileItselfRefused() throws IOException {
        Files.writeString(folder.resolve("valid.csv"), "text,label\ntest1,no\nnew,yes\n");
        assertThat(of(0, read(folder.resolve("valid.csv")), null).notes())
                .singleElement()
                .satisfies(n -> assertThat(n.english()).startsWith("1 of the 2 texts in "));
        assertThatThrownBy(() -> of(0, test, null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("which is to be held out");
    }

    @Test
    void tooFewTextsToKeepSomeAsideAreRefusedWithARemedy() throws IOException {
        all = texts("few", 3, 2);
        assertThatThrownBy(() -> of(0, null, 0.2))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("too few to keep some of them aside");
    }
}
