package dev.greenlight.sandbox.paper;

import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;

/** SNS as it tells of subscriptions; one with {@code "Pending": true} was never confirmed. */
public final class PaperTopics implements SnsClient {

    private final PaperAccount paper;

    public PaperTopics(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public ListSubscriptionsByTopicResponse listSubscriptionsByTopic(ListSubscriptionsByTopicRequest request) {
        if (paper.find("AWS::SNS::Topic", request.topicArn()).isEmpty()) {
            throw Errors.gone(NotFoundException.builder(), "NotFound", "Topic");
        }
        return ListSubscriptionsByTopicResponse.builder()
                .subscriptions(paper.all("AWS::SNS::Subscription").stream()
                        .filter(subscription -> subscription.text("TopicArn").equals(request.topicArn()))
                        .map(subscription -> Subscription.builder()
                                .endpoint(subscription.text("Endpoint"))
                                .protocol(subscription.text("Protocol"))
                                .subscriptionArn(
                                        subscription
                                                        .properties()
                                                        .path("Pending")
                                                        .asBoolean()
                                                ? "PendingConfirmation"
                                                : request.topicArn() + ":" + subscription.id())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
