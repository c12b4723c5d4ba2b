package dev.greenlight.service;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The nginx that stands before the application on an instance and sends a share of the requests a second time, to the load
 * balancer, whose shadow rule says what becomes of a copy. Its configuration never changes while the instance lives.
 *
 * <p>Nobody waits for a copy. nginx keeps a connection from its next request until the copies of the last one are done
 * ("Module ngx_http_mirror_module": subrequests of the request), so a request that is copied closes its connection after the
 * answer, and the load balancer takes another one. Copies are cut off after seconds, and only so many are under way at a time.
 *
 * <p>Follows "Module ngx_http_mirror_module", "Module ngx_http_split_clients_module", "Module ngx_http_limit_conn_module" and
 * "WebSocket proxying" (nginx.org), and "Amazon DNS server" (VPC user guide).
 *
 * @param port where requests come in
 * @param application where the application listens on the same machine
 * @param share percentage of requests that are copied, 1 to 100
 * @param methods those whose requests are copied; none of them may need a body, for bodies are not copied
 * @param door the load balancer, {@code https://name.elb.amazonaws.com}, with a port where it is not the usual one
 * @param authorities file of the certificate authorities by which a door with TLS is known; empty where it has none
 * @param secret file with the directive that sets {@code $greenlight_secret}
 */
public record MirrorProxy(
        int port,
        int application,
        int share,
        List<String> methods,
        String door,
        Optional<String> authorities,
        String secret) {

    /** Carries the secret to the load balancer; the application sees {@code 1} in it. */
    public static final String HEADER = "X-Greenlight-Shadow";

    /** Has the same value in a request and in its copy, for whoever compares logs. */
    public static final String REQUEST = "X-Greenlight-Request";

    /** Green's time to begin its answer; who takes longer is cut off, which the load balancer counts as no answer. */
    public static final int PATIENCE_SECONDS = 10;

    /** Copies that one instance has under way at most: what comes beyond is not copied. */
    public static final int MOST_COPIES = 256;

    public MirrorProxy {
        methods = List.copyOf(methods);
        if (port == application || share < 1 || share > 100 || methods.isEmpty()) {
            throw new IllegalArgumentException(
                    "a mirror needs two ports, a share from 1 to 100 and a method: %d, %d, %d, %s"
                            .formatted(port, application, share, methods));
        }
    }

    /** The whole of {@code nginx.conf}. */
    public String configuration() {
        return """
                # Written by Greenlight when this machine was launched; what changes it is a new machine.
                worker_processes auto;
                worker_rlimit_nofile 16384;
                events { worker_connections 4096; }

                http {
                    access_log off;
                    server_tokens off;

                    # What may be copied: a share of these methods. Not a copy, nor a preview, nor what becomes a WebSocket,
                    # nor the load balancer's health checks.
                    map $request_method $greenlight_method { default 0; %s }
                    split_clients "$request_id" $greenlight_share { %s }
                    map $http_user_agent $greenlight_check { default ""; "~^ELB-HealthChecker/" check; }
                    map "$http_x_greenlight_shadow$http_x_greenlight_preview$http_upgrade$greenlight_check:$greenlight_method$greenlight_share" $greenlight_copy {
                        default 0;
                        ":11" 1;
                    }

                    # The application sees that a request is a copy, and not the secret.
                    map $http_x_greenlight_shadow $greenlight_mark { default 1; "" ""; }
                    map $greenlight_mark $greenlight_request { default $request_id; 1 $http_x_greenlight_request; }
                    map $http_upgrade $greenlight_connection { default upgrade; "" close; }
                    limit_conn_zone copies zone=greenlight_copies:64k;

                    # Before the application it is as if nginx were not there.
                    client_max_body_size 0;
                    large_client_header_buffers 8 64k;
                    underscores_in_headers on;
                    proxy_http_version 1.1;
                    proxy_request_buffering off;
                    proxy_buffering off;
                    proxy_pass_header Server;
                    proxy_pass_header Date;
                    proxy_ignore_headers X-Accel-Redirect X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset;
                    # Longer than the longest idle timeout that a load balancer can have (4000 s): it is who hangs up.
                    keepalive_timeout 4100s;
                    proxy_read_timeout 4100s;
                    proxy_send_timeout 4100s;
                    proxy_set_header Host $http_host;
                    # A connection of its own for each request: one that the application has just closed would lose it.
                    proxy_set_header Connection $greenlight_connection;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header %s $greenlight_mark;
                    proxy_set_header %s $greenlight_request;

                    server {
                        listen %d;
                        error_page 418 = @copied;

                        location / {
                            if ($greenlight_copy) { return 418; }
                            proxy_pass http://127.0.0.1:%d;
                        }

                        location @copied {
                            mirror /.greenlight-shadow;
                            mirror_request_body off;
                            # Or the next request on this connection would wait for the copy.
                            keepalive_timeout 0;
                            proxy_pass http://127.0.0.1:%d;
                        }

                        location = /.greenlight-shadow {
                            internal;
                            limit_conn greenlight_copies %d;
                            limit_conn_log_level info;
                            include %s;
                            # By a variable, so that the name is looked up again when the load balancer's addresses change.
                            set $greenlight_door "%s";
                            resolver 169.254.169.253 valid=10s ipv6=off;
                            resolver_timeout 1s;
                            proxy_pass $greenlight_door$request_uri;
                            proxy_connect_timeout 1s;
                            proxy_send_timeout 1s;
                            proxy_read_timeout %ds;
                            proxy_buffering on;
                            proxy_pass_request_body off;
                            proxy_set_header Content-Length "";
                            proxy_set_header Host $http_host;
                            proxy_set_header Connection close;
                            proxy_set_header %s $greenlight_secret;
                            proxy_set_header %s $request_id;
                %s        }
                    }
                }
                """.formatted(
                        methods.stream().map(method -> method + " 1;").collect(Collectors.joining(" ")),
                        share == 100 ? "* 1;" : share + "% 1; * 0;",
                        HEADER,
                        REQUEST,
                        port,
                        application,
                        application,
                        MOST_COPIES,
                        secret,
                        door,
                        PATIENCE_SECONDS,
                        HEADER,
                        REQUEST,
                        authorities.map(MirrorProxy::verified).orElse(""));
    }

    /** The copies carry users' cookies: only the service's own load balancer may have them. */
    private static String verified(String authorities) {
        return """
                            proxy_ssl_server_name on;
                            proxy_ssl_name $host;
                            proxy_ssl_verify on;
                            proxy_ssl_verify_depth 4;
                            proxy_ssl_trusted_certificate %s;
                """.formatted(authorities);
    }
}
