package dev.greenlight.sandbox.paper;

import software.amazon.awssdk.services.codeconnections.CodeConnectionsClient;
import software.amazon.awssdk.services.codeconnections.model.GetConnectionRequest;
import software.amazon.awssdk.services.codeconnections.model.GetConnectionResponse;
import software.amazon.awssdk.services.codeconnections.model.ResourceNotFoundException;

/** CodeConnections as it tells of connections: available, unless {@code ConnectionStatus} says otherwise; one that the stack did not make is there if it was made known. */
public final class PaperConnections implements CodeConnectionsClient {

    private final PaperAccount paper;

    public PaperConnections(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public GetConnectionResponse getConnection(GetConnectionRequest request) {
        if (paper.connections().contains(request.connectionArn())) {
            return GetConnectionResponse.builder()
                    .connection(c -> c.connectionArn(request.connectionArn()).connectionStatus("AVAILABLE"))
                    .build();
        }
        PaperAccount.Item connection = paper.find("AWS::CodeConnections::Connection", request.connectionArn())
                .orElseThrow(() ->
                        Errors.gone(ResourceNotFoundException.builder(), "Connection " + request.connectionArn()));
        return GetConnectionResponse.builder()
                .connection(c -> c.connectionArn(connection.id())
                        .connectionName(connection.text("ConnectionName"))
                        .connectionStatus(
                                connection.properties().path("ConnectionStatus").asText("AVAILABLE")))
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
