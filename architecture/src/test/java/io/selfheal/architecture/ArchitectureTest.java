package io.selfheal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {

    @ParameterizedTest
    @EnumSource
    void givenTheProduct_thenTheRuleHolds(HouseRule rule) {
        rule.below("io.selfheal").check(Product.CLASSES);
    }

    @ParameterizedTest
    @EnumSource
    void givenClassesThatBreakIt_thenTheRuleBites(HouseRule rule) {
        String base = "io.selfheal.architecture.bites." + rule.bitesOn;
        JavaClasses broken = new ClassFileImporter().importPackages(base);

        assertThat(rule.below(base).evaluate(broken).getFailureReport().getDetails())
                .as("violations found below %s", base)
                .isNotEmpty();
    }

    @Test
    void givenTheClassPath_thenEveryPartOfTheHouseIsOnIt() {
        assertThat(Product.CLASSES.stream().map(type -> type.getPackageName()))
                .as("packages the rules look at")
                .anyMatch(name -> name.startsWith("io.selfheal.healer.engine"))
                .anyMatch(name -> name.startsWith("io.selfheal.healer.local"))
                .anyMatch(name -> name.startsWith("io.selfheal.healer.aws"))
                .anyMatch(name -> name.startsWith("io.selfheal.healer.lambda"))
                .anyMatch(name -> name.startsWith("io.selfheal.healer.server"))
                .anyMatch(name -> name.startsWith("io.selfheal.shop.kit"))
                .anyMatch(name -> name.startsWith("io.selfheal.shop.order"))
                .anyMatch(name -> name.startsWith("io.selfheal.embedded"))
                .anyMatch(name -> name.startsWith("io.selfheal.infra.shop"));
    }
}
