package io.selfheal.awsendpoint;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests at moto's server, for what LocalStack has no more than in paid plans; and which of them ask for more than moto has. */
@Target(TYPE)
@Retention(RUNTIME)
@ExtendWith(AtMoto.Condition.class)
@interface AtMoto {

    /** What it lacks. */
    Lack[] lacks() default {};

    @interface Lack {
        String what();

        /** Names of tests that need it, and are skipped. */
        String[] tests();
    }

    final class Condition implements ExecutionCondition {
        private static final ConditionEvaluationResult ENABLED =
                ConditionEvaluationResult.enabled("moto's server is there");
        private static final String NONE = "Tests of ECS at moto are skipped: MOTO_URL is not set";

        static URI uri() {
            return URI.create(System.getenv("MOTO_URL"));
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<Method> test = context.getTestMethod();
            if (System.getenv("MOTO_URL") == null) {
                if (test.isEmpty()) {
                    System.err.println(NONE + ".");
                }
                return ConditionEvaluationResult.disabled(NONE);
            }
            return test.flatMap(method -> lacks(context).stream()
                            .filter(lack -> List.of(lack.tests()).contains(method.getName()))
                            .findFirst())
                    .map(lack -> ConditionEvaluationResult.disabled("moto lacks: " + lack.what()))
                    .orElse(ENABLED);
        }

        private static List<Lack> lacks(ExtensionContext context) {
            return context.getTestClass()
                    .map(type -> type.getAnnotation(AtMoto.class))
                    .map(moto -> Arrays.asList(moto.lacks()))
                    .orElse(List.of());
        }
    }
}
