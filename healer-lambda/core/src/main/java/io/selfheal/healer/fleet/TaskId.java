package io.selfheal.healer.fleet;

/** The full ARN of one task, or what stands for one outside AWS. */
public record TaskId(String arn) {

    public TaskId {
        ServiceId.requireText("arn", arn);
    }

    /** The last segment, short enough for a person. */
    public String shortName() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return arn;
    }
}
