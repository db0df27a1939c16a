/** The function as a process under Lambda's own runtime client, with what stands for Lambda, ECS, DynamoDB and SQS around it. */
@NullMarked
package io.selfheal.healer.lambda.runtime;

import org.jspecify.annotations.NullMarked;
