package sirkuit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The arrows between the rooms of the house.
class ArchitectureTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("sirkuit");

    @Test
    void eachRoomUsesOnlyTheRoomsItMay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("sirkuit..")
                .layer("checkpoint")
                .definedBy("sirkuit.checkpoint..")
                .layer("dataset")
                .definedBy("sirkuit.dataset..")
                .layer("transformer")
                .definedBy("sirkuit.transformer..")
                .layer("relevance")
                .definedBy("sirkuit.relevance..")
                .layer("mask")
                .definedBy("sirkuit.mask..")
                .layer("tuning")
                .definedBy("sirkuit.tuning..")
                .layer("hub")
                .definedBy("sirkuit.hub..")
                .layer("project")
                .definedBy("sirkuit.project..")
                .layer("messages")
                .definedBy("sirkuit.engine")
                .layer("worker")
                .definedBy("sirkuit.engine.worker..")
                .layer("report")
                .definedBy("sirkuit.report..")
                .layer("app")
                .definedBy("sirkuit.app..")
                .layer("sample")
                .definedBy("sirkuit.sample..")
                .layer("cli")
                .definedBy("sirkuit.cli..")
                .ignoreDependency(DescribedPredicate.alwaysTrue(), JavaClass.Predicates.resideInAPackage("sirkuit"))
                .whereLayer("checkpoint")
                .mayNotAccessAnyLayer()
                .whereLayer("dataset")
                .mayNotAccessAnyLayer()
                .whereLayer("hub")
                .mayNotAccessAnyLayer()
                .whereLayer("mask")
                .mayNotAccessAnyLayer()
                .whereLayer("transformer")
                .mayOnlyAccessLayers("checkpoint")
                .whereLayer("relevance")
                .mayOnlyAccessLayers("transformer", "dataset", "mask")
                .whereLayer("tuning")
                .mayOnlyAccessLayers("checkpoint", "transformer", "dataset", "mask")
                .whereLayer("project")
                .mayOnlyAccessLayers("mask", "dataset")
                .whereLayer("messages")
                .mayOnlyAccessLayers("project", "mask")
                .whereLayer("sample")
                .mayOnlyAccessLayers("checkpoint", "transformer", "tuning", "project", "mask", "messages")
                .whereLayer("sample")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("report")
                .mayOnlyAccessLayers("messages", "project", "mask")
                .whereLayer("worker")
                .mayOnlyBeAccessedByLayers("cli")
                .check(HOUSE);
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
    void theWindowUsesOnlyProjectMasksAndMessages() {
        noClasses()
                .that()
                .resideInAPackage("sirkuit.app..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "sirkuit.checkpoint..",
                        "sirkuit.dataset..",
                        "sirkuit.transformer..",
                        "sirkuit.relevance..",
                        "sirkuit.tuning..",
                        "sirkuit.engine.worker..",
                        "sirkuit.sample..",
                        "sirkuit.cli.."))
                .check(HOUSE);
    }

    @Test
    void arraysStayInsideTheEngineSide() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "sirkuit.transformer..", "sirkuit.relevance..", "sirkuit.tuning..", "sirkuit.engine.worker..")
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
    void masksAndDataArePureJava() {
        noClasses()
                .that()
                .resideInAnyPackage("sirkuit.mask..", "sirkuit.dataset..", "sirkuit.project..", "sirkuit.hub..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(HOUSE);
    }
}
