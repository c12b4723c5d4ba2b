package dev.greenlight.infra.fleet;

import dev.greenlight.infra.permit.Permit;
import dev.greenlight.service.MirrorProxy;
import java.util.List;

/**
 * What makes an instance copy requests: the proxy before its application, and the secret that its copies carry, which it fetches
 * when it boots and which stands in no launch template.
 *
 * @param secretArn ARN of the secret in Secrets Manager
 */
public record Copying(MirrorProxy proxy, String secretArn) {

    /** Where the proxy finds its secret; only root may read it. */
    public static final String SECRET_FILE = "/etc/nginx/greenlight-secret.conf";

    /** Amazon Linux's certificate authorities, which know those of AWS Certificate Manager. */
    public static final String AUTHORITIES = "/etc/pki/tls/certs/ca-bundle.crt";

    List<Permit> permits() {
        return List.of(Permit.on(
                secretArn,
                "ReadShadowSecret",
                "nginx on the instance marks copies of requests with it",
                "secretsmanager:GetSecretValue"));
    }

    /** What the first boot does for it, as root, on Amazon Linux. A proxy that ends is started again: requests come through it. */
    String firstBoot(String region) {
        return """
                dnf install -y nginx awscli-2
                secret=$(aws secretsmanager get-secret-value --region %s --secret-id %s --query SecretString --output text)
                (umask 077; printf 'set $greenlight_secret "%%s";\\n' "$secret" > %s)
                cat > /etc/nginx/nginx.conf <<'GREENLIGHT'
                %sGREENLIGHT
                mkdir -p /etc/systemd/system/nginx.service.d
                printf '[Service]\\nRestart=always\\n' > /etc/systemd/system/nginx.service.d/greenlight.conf
                systemctl daemon-reload
                systemctl enable --now nginx
                """.formatted(region, secretArn, SECRET_FILE, proxy.configuration());
    }
}
