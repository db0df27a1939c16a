package io.selfheal.awsendpoint;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that need the endpoint. Where there is none they are skipped, and one line for all of them says why. */
@Target(TYPE)
@Retention(RUNTIME)
@ExtendWith(AtAwsEndpoint.Condition.class)
@interface AtAwsEndpoint {

    /** Whether moto will not do: it changes no alarm's state, and of conditional writes at once it takes several. */
    boolean localStackOnly() default false;

    final class Condition implements ExecutionCondition {
        private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            AwsEndpoint.Search search = AwsEndpoint.find();
            if (search.endpoint().isEmpty()) {
                return skipped("Tests at a foreign AWS endpoint are skipped: " + search.why());
            }
            boolean particular = context.getTestClass()
                    .map(type -> type.getAnnotation(AtAwsEndpoint.class))
                    .filter(AtAwsEndpoint::localStackOnly)
                    .isPresent();
            return !particular || search.endpoint().get().isLocalStack()
                    ? ConditionEvaluationResult.enabled("there is an endpoint")
                    : skipped("Tests of alarms and of the store are skipped: the endpoint is no LocalStack");
        }

        private static ConditionEvaluationResult skipped(String why) {
            if (SAID.add(why)) {
                System.err.println(why + ".");
            }
            return ConditionEvaluationResult.disabled(why);
        }
    }
}
