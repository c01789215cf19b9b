package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The layers of the tests (decision 43): what carries no mark loads no native library, starts no process and opens no
/// window.
class LayersTest {
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("sirkuit");

    private static final List<Class<? extends java.lang.annotation.Annotation>> MARKS =
            List.of(UsesEngine.class, UsesProcess.class, UsesWindow.class);

    /// Whoever calls these leaves the plain layer.
    private static final Set<String> STARTERS = Set.of(
            "java.lang.ProcessBuilder",
            "sirkuit.cli.Main",
            "sirkuit.engine.EngineClient",
            "sirkuit.checkpoint.tokenizer.trial.TokenizerTrial",
            "javafx.application.Platform",
            "javafx.application.Application");

    private static final List<String> HEAVY = List.of("ai.djl.", "org.testfx.", "javafx.stage.");

    @Test
    void aPlainTestStartsAndLoadsNothing() {
        Set<String> mistakes = new TreeSet<>();
        for (JavaClass each : TESTS) {
            if (isMarked(each)) {
                continue;
            }
            for (JavaCodeUnit unit : each.getCodeUnits()) {
                if (isTest(unit) && !isMarked(unit)) {
                    follow(unit, mistakes);
                }
            }
        }
        assertThat(mistakes)
                .as("mark the test with @UsesEngine, @UsesProcess or @UsesWindow")
                .isEmpty();
    }

    /// Else the check above finds nothing because it looks at nothing.
    @Test
    void theTestsThatAreMarkedWouldBeFound() {
        for (String name : List.of(
                "sirkuit.AtomicFileTest", "sirkuit.tuning.TrainingStepTest", "sirkuit.app.tune.NumberFieldTest")) {
            Set<String> found = new TreeSet<>();
            TESTS.get(name).getCodeUnits().stream().filter(LayersTest::isTest).forEach(unit -> follow(unit, found));
            assertThat(found).as(name).isNotEmpty();
        }
    }

    @Test
    void theBuildRunsEveryLayer() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(pom).contains("<excludedGroups>engine,process,window</excludedGroups>");
        for (String layer : List.of("engine", "process", "window")) {
            assertThat(pom).contains("<groups>" + layer + "</groups>");
        }
    }

    /// Through the helpers in the tests' own folder, not through the program.
    private static void follow(JavaCodeUnit from, Set<String> mistakes) {
        Deque<JavaCodeUnit> left = new ArrayDeque<>(List.of(from));
        from.getOwner().getStaticInitializer().ifPresent(left::add);
        left.addAll(from.getOwner().getConstructors());
        Set<JavaCodeUnit> seen = new HashSet<>(left);
        while (!left.isEmpty()) {
            JavaCodeUnit unit = left.removeFirst();
            if (unit != from && (isMarked(unit) || isMarked(unit.getOwner()))) {
                mistakes.add(from.getFullName() + " reaches " + unit.getFullName());
            }
            for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
                String owner = access.getTargetOwner().getName();
                if (STARTERS.contains(owner) && !isOnlyMade(access)
                        || HEAVY.stream().anyMatch(owner::startsWith)) {
                    mistakes.add(from.getFullName() + " uses " + owner);
                }
                if (access.getTarget().resolveMember().orElse(null) instanceof JavaCodeUnit next
                        && TESTS.contain(next.getOwner().getName())
                        && seen.add(next)) {
                    left.add(next);
                }
            }
        }
    }

    /// The command line's options can be read without running anything.
    private static boolean isOnlyMade(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals("sirkuit.cli.Main")
                && access.getTarget().getName().equals(JavaConstructor.CONSTRUCTOR_NAME);
    }

    private static boolean isTest(JavaCodeUnit unit) {
        return unit.getAnnotations().stream()
                .anyMatch(a -> a.getRawType().getPackageName().startsWith("org.junit.jupiter"));
    }

    private static boolean isMarked(JavaCodeUnit unit) {
        return MARKS.stream().anyMatch(unit::isAnnotatedWith);
    }

    private static boolean isMarked(JavaClass type) {
        return MARKS.stream().anyMatch(type::isAnnotatedWith)
                || type.getEnclosingClass().filter(LayersTest::isMarked).isPresent();
    }
}
