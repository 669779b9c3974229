package io.mrq.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.mrq.autoconfigure.MrqProperties;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.index.MongoIndexes;
import org.springframework.boot.autoconfigure.AutoConfiguration;

/**
 * Which module may see which, and that no two packages need each other. A rule asks for the module
 * that a class was built in, not for the name of its package, so it holds for every new package.
 */
@AnalyzeClasses(packages = "io.mrq", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final DescribedPredicate<JavaClass> CORE = module("mrq-core");
  private static final DescribedPredicate<JavaClass> ENGINE = module("mrq-engine");
  private static final DescribedPredicate<JavaClass> MONGO = module("mrq-mongo");
  private static final DescribedPredicate<JavaClass> REDIS = module("mrq-redis");
  private static final DescribedPredicate<JavaClass> EMBEDDED = module("mrq-embedded");
  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("io.mrq..");
  private static final DescribedPredicate<JavaClass> PLAIN_JAVA =
      describe(
          "of Java, SLF4J or JSpecify",
          type ->
              type.getBaseComponentType().isPrimitive()
                  || resideInAnyPackage(
                          "java..", "com.sun.management..", "org.slf4j..", "org.jspecify..")
                      .test(type.getBaseComponentType()));

  @ArchTest
  static final ArchRule coreNeedsOnlyJavaAndSlf4j =
      classes().that(CORE).should().onlyDependOnClassesThat(CORE.or(PLAIN_JAVA));

  @ArchTest
  static final ArchRule engineNeedsOnlyCore =
      classes().that(ENGINE).should().onlyDependOnClassesThat(ENGINE.or(CORE).or(PLAIN_JAVA));

  @ArchTest
  static final ArchRule ofOurModulesMongoSeesOnlyCore =
      noClasses().that(MONGO).should().dependOnClassesThat(OURS.and(not(MONGO.or(CORE))));

  @ArchTest
  static final ArchRule ofOurModulesRedisSeesOnlyCore =
      noClasses().that(REDIS).should().dependOnClassesThat(OURS.and(not(REDIS.or(CORE))));

  @ArchTest
  static final ArchRule ofOurModulesEmbeddedSeesNone =
      noClasses().that(EMBEDDED).should().dependOnClassesThat(OURS.and(not(EMBEDDED)));

  @ArchTest
  static final ArchRule othersSeeOfMongoOnlyItsStoresAndIndexes =
      noClasses()
          .that(not(MONGO))
          .should()
          .dependOnClassesThat(
              MONGO
                  .and(not(JavaClass.Predicates.type(MongoStores.class)))
                  .and(not(JavaClass.Predicates.type(MongoIndexes.class))));

  @ArchTest
  static final ArchRule storesDoNotSeeBoot =
      noClasses()
          .that(MONGO.or(REDIS))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework.boot..");

  @ArchTest
  static final ArchRule mongoDoesNotSeeRedisDriver =
      noClasses().that(MONGO).should().dependOnClassesThat().resideInAPackage("io.lettuce..");

  @ArchTest
  static final ArchRule redisDoesNotSeeMongoDriver =
      noClasses().that(REDIS).should().dependOnClassesThat().resideInAPackage("com.mongodb..");

  @ArchTest
  static final ArchRule theApiSeesOnlyPorts =
      noClasses()
          .that(module("mrq-api-service"))
          .should()
          .dependOnClassesThat(
              MONGO.or(REDIS).or(resideInAnyPackage("com.mongodb..", "io.lettuce..")));

  @ArchTest
  static final ArchRule noCycles = slices().matching("io.mrq.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noCyclesInTheEngine =
      slices().matching("io.mrq.engine.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noCyclesInTheStores =
      slices().matching("io.mrq.mongo.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noCyclesInTheApi =
      slices().matching("io.mrq.api.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noCyclesInTheStarter =
      slices().matching("io.mrq.autoconfigure.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule featuresOfTheStarterSeeOfItsRootOnlyTheProperties =
      noClasses()
          .that()
          .resideInAPackage("io.mrq.autoconfigure.*..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.mrq.autoconfigure")
                  .and(describe("not the properties", type -> !isProperties(type))));

  @ArchTest
  static final ArchRule autoConfigurationsAreFinal =
      classes()
          .that()
          .areAnnotatedWith(AutoConfiguration.class)
          .should()
          .haveModifier(JavaModifier.FINAL);

  private static boolean isProperties(JavaClass type) {
    return type.getName().split("\\$", 2)[0].equals(MrqProperties.class.getName());
  }

  /** The classes of one Maven module: its name is a folder on the way to each of them. */
  private static DescribedPredicate<JavaClass> module(String name) {
    return describe(
        "of module " + name,
        type ->
            type.getBaseComponentType()
                .getSource()
                .map(source -> source.getUri().toString().contains("/" + name + "/"))
                .orElse(false));
  }

  private static DescribedPredicate<JavaClass> not(DescribedPredicate<JavaClass> predicate) {
    return DescribedPredicate.not(predicate);
  }
}
