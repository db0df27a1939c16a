package io.selfheal.healer.sns;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code arn:PARTITION:sns:REGION:ACCOUNT:NAME}, and the one host that speaks for it. */
record TopicArn(String text, String partition, String region) {
    private static final Pattern FORM =
            Pattern.compile("arn:(aws|aws-cn|aws-us-gov):sns:([a-z]{2,4}(?:-[a-z]{2,20}){1,3}-[0-9]{1,2}):[0-9]{12}:"
                    + "[A-Za-z0-9_-]{1,256}(?:\\.fifo)?");

    static TopicArn parse(String text) throws DoubtException {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new DoubtException(Doubt.FORM, "TopicArn: expected arn:aws:sns:REGION:ACCOUNT:NAME");
        }
        return new TopicArn(text, parts.group(1), parts.group(2));
    }

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** The domain under which SNS answers in this partition. */
    String domain() {
        return partition.equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
    }

    String host() {
        return "sns." + region + "." + domain();
    }
}
