package sirkuit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sirkuit.app.shell.SirkuitApp;

/// The arrows between the rooms of the house (decision 39).
class ArchitectureTest {
    private static final Pattern CLASS = Pattern.compile("(?<![.\\w])sirkuit(\\.[a-z]\\w*)*\\.[A-Z]\\w*");
    private static final Pattern QUOTED_CLASS = Pattern.compile("\"[^\"]*" + CLASS + "[^\"]*\"");

    private static final int MOST_COMPONENTS = 12;

    /// What a heatmap draws may have more.
    private static final Set<String> LONG_RECORDS = Set.of("sirkuit.app.heatmap.paint.Grid");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("sirkuit");

    /// What each room below the window may use besides the ground (`sirkuit` itself) and its own parts. A room within a
    /// room that is listed has a line of its own.
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            room("mask"),
            room("hub"),
            room("device"),
            room("dataset.table"),
            room("dataset", "dataset.table"),
            room("checkpoint"),
            room("checkpoint.delta", "checkpoint"),
            room("checkpoint.tokenizer.trial"),
            room("checkpoint.tokenizer.file", "checkpoint"),
            room("checkpoint.tokenizer", "checkpoint", "checkpoint.tokenizer.file", "checkpoint.tokenizer.trial"),
            room("transformer", "checkpoint", "checkpoint.tokenizer", "device"),
            room("transformer.family", "transformer", "checkpoint", "device"),
            room("relevance.baseline", "transformer", "device", "mask"),
            room("relevance.decomposition", "relevance.baseline", "transformer", "device", "mask"),
            room(
                    "relevance",
                    "relevance.baseline",
                    "relevance.decomposition",
                    "transformer",
                    "device",
                    "mask",
                    "dataset"),
            room("tuning.order", "transformer"),
            room("tuning", "checkpoint", "device", "transformer", "mask", "tuning.order"),
            room("record", "mask", "dataset", "dataset.table"),
            room("protocol", "record", "mask"),
            room("run", "protocol", "record", "mask", "dataset.table"),
            room("run.state", "run", "protocol", "record"),
            room("run.check", "record", "checkpoint", "checkpoint.tokenizer"),
            room("study", "run", "run.check", "run.state", "protocol", "record", "mask"),
            room("project", "study", "run", "record", "mask"),
            room("presentation", "protocol", "record", "mask", "dataset"),
            room("engine", "protocol"),
            room(
                    "engine.work",
                    "protocol",
                    "record",
                    "mask",
                    "dataset",
                    "checkpoint",
                    "checkpoint.tokenizer",
                    "device",
                    "transformer",
                    "transformer.family",
                    "relevance.baseline",
                    "tuning"),
            room(
                    "engine.tune",
                    "engine.work",
                    "protocol",
                    "proxy",
                    "record",
                    "run",
                    "project",
                    "mask",
                    "dataset",
                    "checkpoint",
                    "checkpoint.tokenizer",
                    "device",
                    "transformer",
                    "tuning"),
            room(
                    "engine.verify",
                    "engine.work",
                    "protocol",
                    "mask",
                    "checkpoint",
                    "checkpoint.tokenizer",
                    "device",
                    "transformer",
                    "transformer.family",
                    "relevance",
                    "relevance.baseline",
                    "relevance.decomposition",
                    "tuning"),
            room(
                    "engine.worker",
                    "engine",
                    "engine.work",
                    "engine.tune",
                    "engine.verify",
                    "export",
                    "protocol",
                    "record",
                    "run",
                    "project",
                    "mask",
                    "dataset",
                    "checkpoint",
                    "checkpoint.tokenizer",
                    "device",
                    "transformer",
                    "transformer.family",
                    "relevance",
                    "relevance.baseline",
                    "relevance.decomposition",
                    "tuning"),
            room(
                    "export",
                    "project",
                    "run",
                    "run.state",
                    "protocol",
                    "record",
                    "mask",
                    "dataset",
                    "checkpoint",
                    "checkpoint.delta",
                    "checkpoint.tokenizer",
                    "transformer",
                    "transformer.family"),
            room(
                    "proxy",
                    "run",
                    "run.state",
                    "record",
                    "dataset",
                    "dataset.table",
                    "checkpoint",
                    "checkpoint.tokenizer",
                    "transformer.family"),
            room("figure", "study", "run.state", "protocol", "mask"),
            room("report", "figure", "study", "project", "run", "run.check", "run.state", "protocol", "record", "mask"),
            room(
                    "cli.shared",
                    "engine",
                    "project",
                    "run",
                    "protocol",
                    "record",
                    "mask",
                    "checkpoint",
                    "transformer",
                    "transformer.family"),
            room("cli.model", "cli.shared", "engine", "hub", "protocol", "record", "mask"),
            room(
                    "cli.run",
                    "cli.shared",
                    "export",
                    "report",
                    "study",
                    "project",
                    "run",
                    "run.check",
                    "run.state",
                    "protocol",
                    "record",
                    "mask",
                    "checkpoint"),
            room(
                    "sample",
                    "presentation",
                    "project",
                    "run",
                    "protocol",
                    "record",
                    "mask",
                    "checkpoint",
                    "checkpoint.tokenizer",
                    "device",
                    "transformer",
                    "transformer.family",
                    "tuning"));

    /// What the window may use; its own rooms are held apart by [#noRoomDependsOnItself()].
    private static final Set<String> WINDOW = Set.of(
            "presentation",
            "project",
            "study",
            "run",
            "run.state",
            "engine",
            "figure",
            "protocol",
            "record",
            "report",
            "hub",
            "mask");

    private static Map.Entry<String, Set<String>> room(String name, String... others) {
        return Map.entry(name, Set.of(others));
    }

    static List<String> rooms() {
        return MAY_USE.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomUsesOnlyTheRoomsItMay(String name) {
        List<String> allowed = new ArrayList<>(List.of("sirkuit", "sirkuit." + name));
        MAY_USE.getOrDefault(name, Set.of()).forEach(other -> allowed.add("sirkuit." + other));
        classes()
                .that()
                .resideInAPackage("sirkuit." + name)
                .should()
                .onlyDependOnClassesThat(outside().or(resideInAnyPackage(allowed.toArray(String[]::new))))
                .check(HOUSE);
    }

    @Test
    void everyRoomHasARule() {
        Set<String> unruled = new TreeSet<>();
        HOUSE.forEach(c -> unruled.add(c.getPackageName()));
        unruled.removeAll(MAY_USE.keySet().stream().map(n -> "sirkuit." + n).collect(Collectors.toSet()));
        unruled.removeIf(
                name -> name.equals("sirkuit") || name.equals("sirkuit.cli") || name.startsWith("sirkuit.app"));
        assertThat(unruled).isEmpty();
    }

    @Test
    void noRoomDependsOnItself() {
        slices().matching("sirkuit.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void theGroundUsesNoRoom() {
        noClasses()
                .that()
                .resideInAPackage("sirkuit")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("sirkuit.*..")
                .check(HOUSE);
    }

    @Test
    void theWindowUsesNothingOfTheEngineButItsClient() {
        List<String> allowed = new ArrayList<>(List.of("sirkuit", "sirkuit.app.."));
        WINDOW.forEach(name -> allowed.add("sirkuit." + name));
        classes()
                .that()
                .resideInAPackage("sirkuit.app..")
                .should()
                .onlyDependOnClassesThat(outside().or(resideInAnyPackage(allowed.toArray(String[]::new))))
                .check(HOUSE);
    }

    @Test
    void onlyTheCommandLineStartsWorkerAndSamples() {
        noClasses()
                .that()
                .resideOutsideOfPackages("sirkuit.cli..", "sirkuit.engine.worker", "sirkuit.sample")
                .should()
                .dependOnClassesThat(resideInAnyPackage("sirkuit.engine.worker", "sirkuit.sample", "sirkuit.cli.."))
                .check(HOUSE);
    }

    @Test
    void arraysStayInsideTheEngineSide() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "sirkuit.device",
                        "sirkuit.transformer..",
                        "sirkuit.relevance..",
                        "sirkuit.tuning..",
                        "sirkuit.engine.work",
                        "sirkuit.engine.tune",
                        "sirkuit.engine.verify",
                        "sirkuit.engine.worker")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "ai.djl.ndarray..", "ai.djl.engine..", "ai.djl.nn..", "ai.djl.training..", "ai.djl.pytorch.."))
                .check(HOUSE);
    }

    @Test
    void javaFxStaysInsideTheWindow() {
        noClasses()
                .that()
                .resideOutsideOfPackage("sirkuit.app..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "org.controlsfx..", "atlantafx..", "org.jfree..")
                .check(HOUSE);
    }

    @Test
    void whatHasNoArraysIsPureJava() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "sirkuit.mask",
                        "sirkuit.dataset..",
                        "sirkuit.record",
                        "sirkuit.protocol",
                        "sirkuit.run",
                        "sirkuit.run.state",
                        "sirkuit.figure",
                        "sirkuit.study",
                        "sirkuit.project",
                        "sirkuit.presentation",
                        "sirkuit.hub")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(HOUSE);
    }

    /// Values that stand together are a record of their own.
    @Test
    void noRecordHasMoreThanTwelveComponents() {
        Set<String> longer = new TreeSet<>();
        for (JavaClass each : HOUSE) {
            long components = each.getFields().stream()
                    .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                    .count();
            if (each.isRecord() && components > MOST_COMPONENTS) {
                longer.add(each.getName());
            }
        }
        longer.removeAll(LONG_RECORDS);
        assertThat(longer).isEmpty();
    }

    /// What a process is started with is the one dependency that the compiler does not see.
    @Test
    void onlyOneClassIsNamedInAString() throws IOException {
        assertThat(HOUSE.contain(Program.MAIN)).isTrue();
        assertThat(HOUSE.get(Program.MAIN).getMethod("main", String[].class)).isNotNull();
        List<String> named = new ArrayList<>();
        for (Path file : files(Path.of("src/main/java"))) {
            if (!file.endsWith(Path.of("sirkuit", "Program.java"))) {
                Files.readAllLines(file).stream()
                        .filter(l -> !l.strip().startsWith("///"))
                        .filter(l -> QUOTED_CLASS.matcher(l).find())
                        .forEach(l -> named.add(file + ": " + l.strip()));
            }
        }
        assertThat(named).isEmpty();
    }

    @Test
    void launchersAndPackagesStartTheSameClass() throws IOException {
        Set<String> named = new TreeSet<>();
        List<Path> all = new ArrayList<>(files(Path.of("packaging")));
        all.add(Path.of("pom.xml"));
        for (Path file : all) {
            Matcher names = CLASS.matcher(Files.readString(file));
            while (names.find()) {
                named.add(names.group());
            }
        }
        // The second is how a Linux desktop knows the window.
        assertThat(named).containsExactlyInAnyOrder(Program.MAIN, SirkuitApp.class.getName());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static DescribedPredicate<JavaClass> outside() {
        return DescribedPredicate.not(resideInAPackage("sirkuit.."))
                .and(DescribedPredicate.not(resideInAPackage("sirkuit")));
    }
}
