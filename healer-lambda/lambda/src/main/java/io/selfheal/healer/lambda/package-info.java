/**
 * The healer as an AWS Lambda function: takes any event that tells of an alert, and the passing of time. Decides nothing about
 * healing; knows no other shell and no framework.
 */
@NullMarked
package io.selfheal.healer.lambda;

import org.jspecify.annotations.NullMarked;
