package io.selfheal.embedded.state;

/** Makes and reads ARNs of one account and region. */
public record Arns(String region, String account) {
    public static final String ACCOUNT = "000000000000";

    public String cluster(String name) {
        return arn("cluster/" + name);
    }

    public String service(String cluster, String name) {
        return arn("service/" + cluster + "/" + name);
    }

    public String task(String cluster, String id) {
        return arn("task/" + cluster + "/" + id);
    }

    public String container(String cluster, String task, String id) {
        return arn("container/" + cluster + "/" + task + "/" + id);
    }

    public String taskDefinition(String family, int revision) {
        return arn("task-definition/" + family + ":" + revision);
    }

    public String targetGroup(String name, String id) {
        return "arn:aws:elasticloadbalancing:" + region + ":" + account + ":targetgroup/" + name + "/" + id;
    }

    public String logStream(String group, String stream) {
        return "arn:aws:logs:" + region + ":" + account + ":log-group:" + group + ":log-stream:" + stream;
    }

    private String arn(String resource) {
        return "arn:aws:ecs:" + region + ":" + account + ":" + resource;
    }

    /** The name behind a name or an ARN. */
    public static String name(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }
}
