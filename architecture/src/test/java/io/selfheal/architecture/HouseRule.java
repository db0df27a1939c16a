package io.selfheal.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Function;

/**
 * The rules of who may know whom. Each is a function of the base package ({@code io.selfheal} for the product), so that the
 * same rule can be pointed at a tree of fixtures that breaks it.
 */
enum HouseRule {
    CORE_IMPORTS_ONLY_THE_JDK_AND_TWO_PARSERS("ioinacore", base -> classes()
            .that(inCore(base))
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.jspecify..", "com.fasterxml.jackson..", "org.yaml.snakeyaml..")
                            .or(inCore(base)))),

    CORE_HAS_NO_CLOCK_NO_CHANCE_AND_NO_ENVIRONMENT("wallclock", base -> noClasses()
            .that(inCore(base))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)),

    PACKAGES_HAVE_NO_CYCLES(
            "cycle", base -> slices().matching(base + ".(**)").should().beFreeOfCycles()),

    LOCAL_ADAPTERS_KNOW_NO_AWS_AND_NO_SHELL("localadapter", base -> noClasses()
            .that(resideInAnyPackage(base + ".healer.local.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    base + ".healer.aws..",
                    base + ".healer.server..",
                    base + ".healer.lambda..",
                    "software.amazon.awssdk.."))),

    AWS_ADAPTERS_KNOW_NO_LOCAL_ONES_AND_NO_SHELL("awsadapter", base -> noClasses()
            .that(resideInAnyPackage(base + ".healer.aws.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    base + ".healer.local..", base + ".healer.server..", base + ".healer.lambda.."))),

    SERVER_KNOWS_NO_LAMBDA("servershell", base -> noClasses()
            .that(resideInAnyPackage(base + ".healer.server.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(base + ".healer.lambda..", "com.amazonaws..", "org.crac.."))),

    LAMBDA_KNOWS_NO_SERVER("lambdashell", base -> noClasses()
            .that(resideInAnyPackage(base + ".healer.lambda.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(base + ".healer.server.."))),

    HEALER_SPEAKS_MICRONAUT_ONLY_IN_ITS_SERVER("frameworkinadapter", base -> noClasses()
            .that(resideInAnyPackage(base + ".healer.."))
            .and(resideOutsideOfPackages(base + ".healer.server.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.micronaut.."))),

    SERVICES_KNOW_ONLY_THE_KIT("services", base -> slices().matching(base + ".shop.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAnyPackage(base + ".shop.."), resideInAnyPackage(base + ".shop.kit.."))),

    KIT_KNOWS_NO_SERVICE("kit", base -> noClasses()
            .that(resideInAnyPackage(base + ".shop.kit.."))
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage(base + ".shop.user..", base + ".shop.product..", base + ".shop.order.."))),

    SHOP_HEALER_AND_EMBEDDED_ECS_ARE_STRANGERS(
            "strangers", base -> slices().matching(base + ".(healer|shop|embedded)..")
                    .should()
                    .notDependOnEachOther()),

    NOTHING_IS_INJECTED_INTO_FIELDS("fieldinjection", base -> noFields()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage(base + ".."))
            .should()
            .beAnnotatedWith("jakarta.inject.Inject")),

    NOBODY_PRINTS("print", base -> noClasses()
            .that(resideInAnyPackage(base + ".healer..", base + ".shop.."))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")),

    SEALED_CHOICES_ARE_RECORDS("sealed", base -> classes()
            .that(inCore(base))
            .and(new DescribedPredicate<JavaClass>("implement a sealed interface") {
                @Override
                public boolean test(JavaClass type) {
                    return !type.isInterface()
                            && type.getRawInterfaces().stream()
                                    .anyMatch(parent -> parent.reflect().isSealed());
                }
            })
            .should()
            .beRecords()),

    NO_NAME_SAYS_NOTHING("names", base -> classes()
            .that(resideInAnyPackage(base + ".."))
            .should()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl")
            .andShould()
            .haveSimpleNameNotEndingWith("Data")
            .andShould()
            .haveSimpleNameNotEndingWith("Info"));

    /** Sub-package of {@code io.selfheal.architecture.bites} whose classes break the rule. */
    final String bitesOn;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state; ArchUnit's types carry no annotation to say so
    private final Function<String, ArchRule> rule;

    HouseRule(String bitesOn, Function<String, ArchRule> rule) {
        this.bitesOn = bitesOn;
        this.rule = rule;
    }

    ArchRule below(String basePackage) {
        return rule.apply(basePackage).as(name());
    }

    private static DescribedPredicate<JavaClass> inCore(String base) {
        return resideInAnyPackage(base + ".healer..")
                .and(not(resideInAnyPackage(
                        base + ".healer.local..",
                        base + ".healer.aws..",
                        base + ".healer.server..",
                        base + ".healer.lambda..")))
                .as("the healer's core");
    }
}
