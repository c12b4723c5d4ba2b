package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;

/** A diagnosis for machines: one JSON object. */
public final class JsonLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLines() {}

    /** Prints the diagnosis, its counts and every finding, with the status that the command ends with. */
    public static void print(Diagnosis diagnosis, PrintStream out) {
        ObjectNode root = JSON.createObjectNode()
                .put("status", diagnosis.status())
                .put("stack", diagnosis.stack())
                .put("account", diagnosis.account())
                .put("region", diagnosis.region())
                .put("caller", diagnosis.caller())
                .put("missing", diagnosis.count(Finding.Missing.class))
                .put("odd", diagnosis.count(Finding.Odd.class))
                .put("unseen", diagnosis.count(Finding.Unseen.class))
                .put("well", diagnosis.count(Finding.Well.class));
        diagnosis.findings().forEach(finding -> root.withArray("findings").add(finding(finding)));
        out.println(root.toPrettyString());
    }

    /** Prints why there is no diagnosis. */
    public static void print(CannotLook cannot, PrintStream out) {
        out.println(JSON.createObjectNode()
                .put("status", Diagnosis.UNSEEN)
                .put("cannot", cannot.getMessage())
                .toPrettyString());
    }

    private static ObjectNode finding(Finding finding) {
        ObjectNode node = JSON.createObjectNode();
        node.putObject("place")
                .put("kind", finding.place().kind())
                .put("name", finding.place().name())
                .put("id", finding.place().id());
        return switch (finding) {
            case Finding.Well well -> node.put("finding", "well").put("text", well.text());
            case Finding.Missing missing ->
                remedied(
                        node.put("finding", "missing")
                                .put("text", missing.text())
                                .put("breaks", missing.breaks()),
                        missing.remedy());
            case Finding.Odd odd -> remedied(node.put("finding", "odd").put("text", odd.text()), odd.remedy());
            case Finding.Unseen unseen ->
                remedied(
                        node.put("finding", "unseen").put("text", unseen.text()).put("permission", unseen.permission()),
                        unseen.remedy());
        };
    }

    private static ObjectNode remedied(ObjectNode node, Remedy remedy) {
        ObjectNode written = node.putObject("remedy").put("words", remedy.words());
        remedy.policy().ifPresent(policy -> written.set("policy", policy));
        return node;
    }
}
