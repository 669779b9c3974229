package io.mrq.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.boot.autoconfigure.AutoConfiguration;

/** The arrows of the architecture: who may see whom. */
@AnalyzeClasses(packages = "io.mrq", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule coreSeesOnlyJavaAndSlf4j =
      classes()
          .that()
          .resideInAnyPackage(
              "io.mrq.job..",
              "io.mrq.task..",
              "io.mrq.dispatch..",
              "io.mrq.store..",
              "io.mrq.client..",
              "io.mrq.event..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.slf4j..",
              "org.jspecify..",
              "io.mrq.job..",
              "io.mrq.task..",
              "io.mrq.dispatch..",
              "io.mrq.store..",
              "io.mrq.client..",
              "io.mrq.event..");

  @ArchTest
  static final ArchRule engineSeesNoSpringAndNoDriver =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.mrq.loop..", "io.mrq.worker", "io.mrq.maintenance..", "io.mrq.rates..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "com.mongodb..",
              "org.bson..",
              "io.lettuce..",
              "io.mrq.mongo..",
              "io.mrq.redis..",
              "io.micrometer..");

  @ArchTest
  static final ArchRule storesDoNotSeeEachOther =
      noClasses()
          .that()
          .resideInAPackage("io.mrq.mongo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.mrq.redis..", "io.lettuce..", "io.mrq.worker", "io.mrq.embedded..");

  @ArchTest
  static final ArchRule redisDoesNotSeeMongo =
      noClasses()
          .that()
          .resideInAPackage("io.mrq.redis..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.mrq.mongo..", "com.mongodb..", "io.mrq.worker", "io.mrq.embedded..");

  @ArchTest
  static final ArchRule onlyTheEdgesSeeBoot =
      noClasses()
          .that()
          .resideInAnyPackage("io.mrq.mongo..", "io.mrq.redis..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework.boot..");

  @ArchTest
  static final ArchRule embeddedKnowsNothingOfJobs =
      noClasses()
          .that()
          .resideInAPackage("io.mrq.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.mrq.job..", "io.mrq.store..", "io.mrq.worker..", "io.mrq.client..");

  @ArchTest
  static final ArchRule theApiUsesTheClientOnly =
      noClasses()
          .that()
          .resideInAPackage("io.mrq.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.mrq.mongo..", "io.mrq.redis..", "com.mongodb..", "io.lettuce..");

  @ArchTest
  static final ArchRule noCycles = slices().matching("io.mrq.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule autoConfigurationsAreFinal =
      classes()
          .that()
          .areAnnotatedWith(AutoConfiguration.class)
          .should()
          .haveModifier(JavaModifier.FINAL);
}
