package sirkuit.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;

/// Plans of small studies.
public final class MadeStudy {
    public static final String TARGET = "Acehnese";
    public static final String HEADS = "top-1 cdt";
    private static final HeadMask MASK = new HeadMask(2, 4, List.of(new Head(0, 1)), "by hand");

    private MadeStudy() {}

    /// Full fine-tuning and a mask of one head at the same rates.
    ///
    /// @param valid file of the valid split; null for none
    public static StudyPlan plan(
            Path folder, List<Double> rates, List<Long> seeds, boolean halving, @Nullable String valid) {
        return new StudyPlan(
                StudyPlan.VERSION,
                "fair",
                folder.resolve("model").toString(),
                List.of("no", "yes"),
                null,
                file(folder, "source.csv"),
                Map.of(),
                new StudyPlan.Grid(
                        List.of(new StudyPlan.Target(
                                TARGET,
                                file(folder, "train.csv"),
                                file(folder, "test.csv"),
                                valid == null ? null : file(folder, valid))),
                        List.of(
                                StudyStrategy.full(1e-4).at(rates),
                                StudyStrategy.masked(HEADS, MASK, true, 1e-3).at(rates)),
                        seeds,
                        halving),
                RunConfig.Settings.DEFAULT,
                RunConfig.Course.DEFAULT,
                "Indonesian");
    }

    private static DataFile file(Path folder, String name) {
        return new DataFile(folder.resolve(name).toString());
    }
}
