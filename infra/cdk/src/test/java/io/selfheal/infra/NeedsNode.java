package io.selfheal.infra;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The CDK runs on Node; where there is none, such a test is skipped and says why. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNode.Condition.class)
public @interface NeedsNode {

    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String path = System.getenv().getOrDefault("PATH", "");
            boolean there = Arrays.stream(path.split(File.pathSeparator))
                    .map(Path::of)
                    .anyMatch(folder -> Files.isExecutable(folder.resolve("node"))
                            || Files.isExecutable(folder.resolve("node.exe")));
            if (there) {
                return ConditionEvaluationResult.enabled("node is there");
            }
            System.err.println("skipped: " + context.getDisplayName()
                    + ", since there is no node on the PATH (the CDK runs on it)");
            return ConditionEvaluationResult.disabled("there is no node on the PATH, on which the CDK runs");
        }
    }
}
