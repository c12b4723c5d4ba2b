package dev.greenlight.sandbox.world;

/**
 * The world's Application Load Balancer with its one listener.
 */
public record LoadBalancer(String arn, String name, String dnsName, String listenerArn, int listenerPort) {

    /** The value of CloudWatch's LoadBalancer dimension: {@code app/name/id}. */
    public String dimension() {
        return arn.substring(arn.indexOf("app/"));
    }

    static LoadBalancer named(String name, int port, Account account, Ids ids) {
        String path = "app/" + name + "/" + ids.hex(16);
        String listener = account.arn("elasticloadbalancing", "listener/" + path + "/" + ids.hex(16));
        String host =
                name + "-" + (100_000_000 + ids.below(900_000_000)) + "." + account.region() + ".elb.amazonaws.com";
        return new LoadBalancer(
                account.arn("elasticloadbalancing", "loadbalancer/" + path), name, host, listener, port);
    }

    /** An ARN for another rule of the listener. */
    String ruleArn(Ids ids) {
        return listenerArn.replace(":listener/", ":listener-rule/") + "/" + ids.hex(16);
    }
}
