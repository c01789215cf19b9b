import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Makes an app image of this system out of `target/sirkuit`: the program with a Java of its own that has only the
/// modules it needs, without the natives of other systems, and with classes loaded and linked ahead of time.
///
/// `java AppImage.java target/sirkuit target/package VERSION`, by a JDK 25 with jlink and jpackage.
public final class AppImage {
    /// What the class path's jars need, by jdeps, and what is only found at run time: locales for the names of months,
    /// charsets for CSV files, screen readers.
    private static final String MODULES = String.join(
            ",",
            "java.base",
            "java.compiler",
            "java.datatransfer",
            "java.desktop",
            "java.instrument",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.prefs",
            "java.rmi",
            "java.scripting",
            "java.security.jgss",
            "java.security.sasl",
            "java.sql",
            "java.xml",
            "jdk.accessibility",
            "jdk.charsets",
            "jdk.localedata",
            "jdk.management",
            "jdk.unsupported",
            "jdk.unsupported.desktop",
            "jdk.zipfs");

    /// Jars that carry natives for many systems.
    private static final List<String> OF_ALL_SYSTEMS =
            List.of("tokenizers-", "pytorch-jni-", "zstd-jni-", "snappy-java-", "jna-");

    /// The same for every file, and even: the archive of classes is only taken for jars of the same time, and some
    /// installers keep times to two seconds.
    private static final FileTime WHEN = FileTime.from(Instant.ofEpochSecond(
            Long.parseLong(System.getenv().getOrDefault("SOURCE_DATE_EPOCH", "1767225600")) / 2 * 2));

    private final Path home = Path.of(System.getProperty("java.home"));
    private final Path here = Path.of("packaging").toAbsolutePath();
    private final Target system = Target.here();
    private final Path out;
    private final String version;

    private AppImage(Path out, String version) {
        this.out = out;
        this.version = version;
    }

    private enum Target {
        LINUX("(^|/)linux", "android|musl"),
        MAC("(^|/)(osx|darwin|mac)(?=[/-])", "ios"),
        WINDOWS("(^|/)(win|win32|windows)(?=[/-])", "darwin");

        final String wanted;
        final String unwanted;

        Target(String wanted, String unwanted) {
            this.wanted = wanted;
            this.unwanted = unwanted;
        }

        static Target here() {
            String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            return name.contains("win") ? WINDOWS : name.contains("mac") ? MAC : LINUX;
        }

        boolean ownsNative(String entry) {
            String arch = System.getProperty("os.arch").matches("aarch64|arm64")
                    ? "aarch64|arm64"
                    : "x86_64|x86-64|amd64";
            String path = entry.toLowerCase(Locale.ROOT);
            String folder = path.substring(0, path.lastIndexOf('/') + 1);
            return folder.matches(".*(" + wanted + ").*") && folder.matches(".*[/-](" + arch + ")/.*")
                            && !folder.matches(".*(" + unwanted + ").*")
                    || folder.matches(".*(" + wanted + ")-(" + arch + ")/.*");
        }
    }

    public static void main(String[] args) throws Exception {
        Path program = Path.of(args[0]).toAbsolutePath();
        new AppImage(Path.of(args[1]).toAbsolutePath(), args[2].replace("-SNAPSHOT", "")).make(program);
    }

    private void make(Path program) throws Exception {
        remove(out);
        Path jars = Files.createDirectories(out.resolve("jars"));
        try (Stream<Path> lib = Files.list(program.resolve("lib"))) {
            for (Path jar : lib.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
                put(jar, jars.resolve(jar.getFileName()));
            }
        }
        Path runtime = out.resolve("runtime");
        run(tool("jlink"),
                "--add-modules", MODULES,
                "--include-locales", "en,id",
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output", runtime.toString());
        Path image = image(jars, runtime);
        Path app = system == Target.MAC ? image.resolve("Contents/app") : image.resolve(lib()).resolve("app");
        Path java = switch (system) {
            case LINUX -> image.resolve("lib/runtime/bin/java");
            case MAC -> image.resolve("Contents/runtime/Contents/Home/bin/java");
            case WINDOWS -> image.resolve("runtime/bin/java.exe");
        };
        Files.write(app.resolve("class-path"), classPath(app));
        samples(program.resolve("sample-projects"), app.resolve("sample-projects"));
        if (system == Target.LINUX) {
            // jpackage's own launcher has one set of flags; an engine needs others, and settings of C's allocator.
            Path launcher = image.resolve("bin/sirkuit");
            Files.copy(here.resolve("launcher/sirkuit"), launcher, StandardCopyOption.REPLACE_EXISTING);
            launcher.toFile().setExecutable(true, false);
            Files.deleteIfExists(image.resolve("lib/libapplauncher.so"));
        }
        settle(image);
        // Java's own classes for the engine, ours for the window and the commands; both look at the times of files.
        run(java.toString(), "-Xlog:disable", "-Xshare:dump");
        run(tool("java"), here.resolve("build/AotCache.java").toString(), image.toString(), app.toString(), java.toString());
        settle(image);
        if (system == Target.MAC) {
            // What was put into it after jpackage signed it would make it look damaged.
            run("codesign", "--force", "--deep", "--sign", "-", image.toString());
        }
        remove(jars);
        remove(runtime);
        System.out.println(image + ": " + size(image) / 1_000_000 + " MB");
    }

    private static void samples(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private Path lib() {
        return Path.of(system == Target.LINUX ? "lib" : "");
    }

    private Path image(Path jars, Path runtime) throws Exception {
        String name = system == Target.MAC ? "Sirkuit" : "sirkuit";
        String icon = switch (system) {
            case LINUX -> "icon-512.png";
            case MAC -> "sirkuit.icns";
            case WINDOWS -> "sirkuit.ico";
        };
        List<String> words = new ArrayList<>(List.of(
                tool("jpackage"),
                "--type", "app-image",
                "--name", name,
                "--app-version", bundleVersion(),
                "--vendor", "Sirkuit",
                "--copyright", "Apache License 2.0",
                "--description", "A workbench for finding and editing transformer circuits",
                "--input", jars.toString(),
                "--main-jar", mainJar(jars),
                "--main-class", "sirkuit.cli.Main",
                "--runtime-image", runtime.toString(),
                "--icon", here.resolveSibling("assets").resolve(icon).toString(),
                "--dest", out.toString()));
        for (String option : List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-Xlog:aot*=off:stderr",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:AOTCache=$APPDIR/sirkuit.aot")) {
            words.addAll(List.of("--java-options", option));
        }
        if (system == Target.MAC) {
            words.addAll(List.of("--mac-package-identifier", "io.sirkuit.Sirkuit"));
        }
        if (system == Target.WINDOWS) {
            // One for the command line, and one that opens no black window behind ours.
            words.add("--win-console");
            words.addAll(List.of("--add-launcher", "SirkuitWindow=" + here.resolve("windows/window.properties")));
        }
        run(words.toArray(String[]::new));
        return out.resolve(system == Target.MAC ? "Sirkuit.app" : name);
    }

    /// macOS allows no version of a bundle that begins with 0.
    private String bundleVersion() {
        return system == Target.MAC && version.startsWith("0.") ? "1." + version.substring(2) : version;
    }

    private static String mainJar(Path jars) throws IOException {
        try (Stream<Path> files = Files.list(jars)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> n.matches("sirkuit-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("run mvn package first: no sirkuit jar in " + jars));
        }
    }

    /// The jars in the order that jpackage wrote down: classes are kept ahead of time for one order only.
    private static List<String> classPath(Path app) throws IOException {
        try (Stream<Path> files = Files.list(app)) {
            Path config = files.filter(f -> f.toString().endsWith(".cfg")).sorted().findFirst().orElseThrow();
            return Files.readAllLines(config).stream()
                    .filter(l -> l.startsWith("app.classpath="))
                    .map(l -> l.substring(l.lastIndexOf('/') + 1))
                    .map(l -> l.substring(l.lastIndexOf('\\') + 1))
                    .toList();
        }
    }

    private void put(Path jar, Path target) throws IOException {
        String name = jar.getFileName().toString();
        if (OF_ALL_SYSTEMS.stream().noneMatch(name::startsWith)) {
            Files.copy(jar, target);
            return;
        }
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(target))) {
            for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                boolean binary = entry.getName().matches(".*\\.(so|dll|dylib|jnilib|a)");
                if (!binary || system.ownsNative(entry.getName())) {
                    copy(from, entry, to);
                }
            }
        }
    }

    private static void copy(ZipFile from, ZipEntry entry, ZipOutputStream to) throws IOException {
        try (InputStream in = from.getInputStream(entry)) {
            byte[] bytes = in.readAllBytes();
            ZipEntry same = new ZipEntry(entry.getName());
            same.setLastModifiedTime(WHEN);
            if (entry.getMethod() == ZipEntry.STORED) {
                CRC32 sum = new CRC32();
                sum.update(bytes);
                same.setMethod(ZipEntry.STORED);
                same.setSize(bytes.length);
                same.setCrc(sum.getValue());
            }
            to.putNextEntry(same);
            to.write(bytes);
            to.closeEntry();
        }
    }

    private String tool(String name) {
        return home.resolve("bin").resolve(system == Target.WINDOWS ? name + ".exe" : name).toString();
    }

    private static void run(String... words) throws IOException, InterruptedException {
        int status = new ProcessBuilder(words).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException(words[0] + " ended with status " + status);
        }
    }

    private static void settle(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> !Files.isSymbolicLink(f)).toList()) {
                Files.setLastModifiedTime(file, WHEN);
            }
        }
    }

    private static long size(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> Files.isRegularFile(f) && !Files.isSymbolicLink(f)).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                file.toFile().setWritable(true);
                Files.deleteIfExists(file);
            }
        }
    }
}
