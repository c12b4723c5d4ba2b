package dev.greenlight.sandbox.http;

import java.net.InetAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The load balancer's listener: a real reverse proxy on a free port of 127.0.0.1. */
final class LoadBalancer implements AutoCloseable {

    private final Server server;
    private final ServerConnector connector;
    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();

    private LoadBalancer(Routing routing, HttpSettings settings) {
        QueuedThreadPool threads = new QueuedThreadPool(16, 4);
        threads.setName("load-balancer");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(virtualThreads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        this.server = new Server(threads);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setAcceptQueueSize(512);
        server.addConnector(connector);
        server.setHandler(new Balancer(routing, settings));
    }

    /** Starts to listen. */
    static LoadBalancer start(Routing routing, HttpSettings settings) {
        LoadBalancer balancer = new LoadBalancer(routing, settings);
        try {
            balancer.server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the load balancer does not start", e);
        }
        return balancer;
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the load balancer does not stop", e);
        } finally {
            virtualThreads.shutdownNow();
        }
    }
}
