import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/// Prints the ten slowest test classes, from the reports of surefire and failsafe. Arguments: the report folders.
void main(String[] folders) throws Exception {
    record Timed(String name, double seconds, int tests) {}
    List<Timed> all = new ArrayList<>();
    for (String folder : folders) {
        for (Path report : reports(Path.of(folder))) {
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
            all.add(new Timed(
                    suite.getAttribute("name"),
                    Double.parseDouble(suite.getAttribute("time").replace(",", "")),
                    Integer.parseInt(suite.getAttribute("tests"))));
        }
    }
    all.sort(Comparator.comparingDouble(Timed::seconds).reversed());
    System.out.println("The slowest test classes:");
    for (Timed each : all.subList(0, Math.min(10, all.size()))) {
        System.out.printf(Locale.ROOT, "%8.1f s %4d tests  %s%n", each.seconds(), each.tests(), each.name());
    }
}

List<Path> reports(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
        return List.of();
    }
    try (var files = Files.list(folder)) {
        return files.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml")).toList();
    }
}
