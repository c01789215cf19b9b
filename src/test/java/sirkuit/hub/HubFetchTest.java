package sirkuit.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.hub.HubServer.Asked;
import sirkuit.hub.HubServer.Fault;

/// Fetching from a hub that works, and from hubs that break in every way we know.
class HubFetchTest {
    private static final String WEIGHTS = "model.safetensors";
    private static final HubPatience SHORT = new HubPatience(4, Duration.ofMillis(1), Duration.ofSeconds(20));

    @TempDir
    Path folder = Path.of("");

    private HubServer hub = new HubServer();
    private final HubModel model = new HubModel(HubServer.MODEL, HubModel.MAIN);

    @BeforeEach
    void offer() {
        hub.offering(TinyCheckpoint.write(folder.resolve("original"), 3))
                .offering("README.md", "# A tiny BERT\n".getBytes(StandardCharsets.UTF_8))
                .offering("pytorch_model.bin", new byte[] {1, 2, 3})
                .offering("training_args.bin", new byte[] {4});
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private HubSettings settings() {
        return settings(Map.of());
    }

    private HubSettings settings(Map<String, String> more) {
        Map<String, String> environment = new java.util.HashMap<>(more);
        environment.put("HF_HOME", folder.resolve("hf").toString());
        return HubSettings.of(environment, hub.address());
    }

    private Fetched fetch() throws InterruptedException {
        return new HubFetch(settings(), SHORT).fetch(model, (file, done, total) -> {});
    }

    private Problem refused() {
        Problem problem = catchThrowableOfType(Problem.class, this::fetch);
        assertThat(problem).isNotNull();
        return problem;
    }

    private Path inCache(String... more) {
        return folder.resolve("hf/hub/models--some-org--tiny-bert").resolve(String.join("/", more));
    }

    private void assertWhole(Fetched fetched) throws IOException {
        for (String name : List.of("config.json", "tokenizer.json", WEIGHTS, "README.md")) {
            assertThat(fetched.folder().resolve(name)).hasBinaryContent(hub.content(name));
        }
    }

    @Test
    void aCheckpointComesWholeAndLiesWherePythonLooksForIt() throws Exception {
        Fetched fetched = fetch();
        assertWhole(fetched);
        assertThat(fetched.folder()).isEqualTo(inCache("snapshots", HubServer.COMMIT));
        assertThat(inCache("refs", "main")).hasContent(HubServer.COMMIT);
        String weights = HubServer.sha256(hub.content(WEIGHTS));
        String config = HubServer.gitDigest(hub.content("config.json"));
        assertThat(Files.readSymbolicLink(fetched.folder().resolve(WEIGHTS)))
                .isEqualTo(Path.of("../../blobs", weights));
        assertThat(Files.readSymbolicLink(fetched.folder().resolve("config.json")))
                .isEqualTo(Path.of("../../blobs", config));
        assertThat(fetched.files())
                .containsExactly("config.json", "tokenizer.json", "tokenizer_config.json", "README.md", WEIGHTS);
        assertThat(fetched.unreachable()).isNull();
    }

    @Test
    void aMissingTokenizerIsSaidOnlyWhereNoneOfItsKindsCame() throws Exception {
        hub.without("tokenizer.json").offering("vocab.json", new byte[] {'{', '}'});
        assertThat(fetch().notes())
                .singleElement()
                .asString()
                .startsWith("it has no tokenizer files that Sirkuit reads");
        hub.offering("merges.txt", new byte[0]);
        assertThat(fetch().notes()).isEmpty();
        hub.without("vocab.json").without("merges.txt").offering("vocab.txt", new byte[] {'a'});
        assertThat(fetch().notes()).isEmpty();
    }

    @Test
    void nothingThatCouldRunIsFetched() throws Exception {
        Fetched fetched = fetch();
        assertThat(hub.asked()).noneMatch(a -> a.path().endsWith(".bin"));
        assertThat(fetched.folder().resolve("pytorch_model.bin")).doesNotExist();
    }

    @Test
    void whatIsThereIsNotFetchedAgain() throws Exception {
        fetch();
        int before = hub.asked().size();
        Fetched again = fetch();
        assertThat(again.bytes()).isZero();
        assertThat(hub.asked().subList(before, hub.asked().size()))
                .extracting(Asked::path)
                .containsExactly("/api/models/some-org/tiny-bert/revision/main");
    }

    @Test
    void aConnectionThatDropsGoesOnWhereItBroke() throws Exception {
        hub.breaking(WEIGHTS, Fault.DROP, Fault.BUSY, Fault.DROP);
        assertWhole(fetch());
        int size = hub.content(WEIGHTS).length;
        List<String> ranges = hub.askedFor(WEIGHTS).stream()
                .filter(a -> a.host().equals("elsewhere"))
                .map(a -> String.valueOf(a.range()))
                .toList();
        assertThat(ranges)
                .containsExactly(
                        "null",
                        "bytes=" + size / 2 + "-",
                        "bytes=" + size / 2 + "-",
                        "bytes=" + (size / 2 + (size - size / 2) / 2) + "-");
    }

    @Test
    void whatAnEarlierProgramLeftIsGoneOnWith() throws Exception {
        int half = hub.content(WEIGHTS).length / 2;
        leave(java.util.Arrays.copyOf(hub.content(WEIGHTS), half));
        assertWhole(fetch());
        assertThat(hub.askedFor(WEIGHTS)).extracting(Asked::range).containsOnly("bytes=" + half + "-");
    }

    @Test
    void aPartThatIsDamagedIsFetchedFromItsBeginning() throws Exception {
        leave(new byte[hub.content(WEIGHTS).length / 2]);
        assertWhole(fetch());
    }

    @Test
    void aPartThatIsTooLongIsFetchedFromItsBeginning() throws Exception {
        leave(new byte[hub.content(WEIGHTS).length + 5]);
        assertWhole(fetch());
    }

    private void leave(byte[] part) throws IOException {
        Path file = inCache("blobs", HubServer.sha256(hub.content(WEIGHTS)) + ".incomplete");
        Files.createDirectories(file.getParent());
        Files.write(file, part);
    }

    @Test
    void aServerThatIgnoresRangesSendsAllOfIt() throws Exception {
        hub.breaking(WEIGHTS, Fault.DROP, Fault.IGNORE_RANGE);
        assertWhole(fetch());
    }

    @Test
    void otherBytesThanTheHubStatesAreNotKept() throws Exception {
        hub.breaking(WEIGHTS, Fault.OTHER_BYTES);
        Problem problem = refused();
        assertThat(problem.what())
                .startsWith("model.safetensors came with digest ")
                .contains(HubServer.sha256(hub.content(WEIGHTS)))
                .endsWith("It was deleted.");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.WORK);
        try (var blobs = Files.list(inCache("blobs"))) {
            assertThat(blobs.map(b -> b.getFileName().toString()))
                    .noneMatch(b -> b.endsWith(".incomplete"))
                    .hasSize(4); // all but the weights
        }
        assertThat(inCache("refs", "main")).doesNotExist();
        assertWhole(fetch());
    }

    @Test
    void aSmallFileIsCheckedToo() {
        hub.breaking("tokenizer.json", Fault.OTHER_BYTES);
        assertThat(refused().what()).startsWith("tokenizer.json came with digest ");
    }

    @Test
    void anotherSizeThanTheHubStatesIsRefused() {
        hub.breaking(WEIGHTS, Fault.SHORT);
        int size = hub.content(WEIGHTS).length;
        assertThat(refused().what()).startsWith("model.safetensors has " + size / 2 + " bytes at 127.0.0.1:");
        hub.breaking(WEIGHTS, Fault.LONG);
        assertThat(refused().what())
                .startsWith("model.safetensors has ")
                .endsWith("but its listing says " + size + ".");
    }

    @Test
    void aHubThatNeverGetsFurtherIsGivenUpAndWhatCameIsKept() throws Exception {
        hub.breaking(WEIGHTS, Fault.DROP, Fault.BUSY, Fault.BUSY, Fault.BUSY, Fault.BUSY);
        Problem problem = refused();
        assertThat(problem.what()).contains("answered with status 503 for model.safetensors");
        hub.asked().clear();
        assertWhole(fetch());
        assertThat(hub.askedFor(WEIGHTS).getLast().range()).isEqualTo("bytes=" + hub.content(WEIGHTS).length / 2 + "-");
    }

    @Test
    void theTokenGoesToTheHubAndToNobodyElse() throws Exception {
        hub.needing("hf_secret");
        Map<String, String> token = Map.of("HF_TOKEN", "hf_secret");
        Fetched fetched = new HubFetch(settings(token), SHORT).fetch(model, (file, done, total) -> {});
        assertWhole(fetched);
        assertThat(hub.asked())
                .filteredOn(a -> a.host().equals("hub"))
                .extracting(Asked::token)
                .containsOnly("Bearer hf_secret");
        assertThat(hub.asked())
                .filteredOn(a -> a.host().equals("elsewhere"))
                .isNotEmpty()
                .extracting(Asked::token)
                .containsOnlyNulls();
        assertThat(settings(token).toString()).doesNotContain("secret");
    }

    @Test
    void aMissingAndARevokedTokenAreToldApart() {
        hub.needing("hf_new");
        assertThat(refused().remedy()).contains("put one into HF_TOKEN");
        Problem revoked =
                catchThrowableOfType(Problem.class, () -> new HubFetch(settings(Map.of("HF_TOKEN", "hf_old")), SHORT)
                        .fetch(model, (f, d, t) -> {}));
        assertThat(revoked.what()).endsWith("does not accept the token (401).");
        assertThat(revoked.getMessage()).doesNotContain("hf_old");
    }

    @Test
    void refusalsSayWhatToDo() {
        hub.refusing(403, "GatedRepo");
        assertThat(refused().remedy()).startsWith("Open " + hub.address() + "/some-org/tiny-bert in a browser");
        hub.refusing(404, "RepoNotFound");
        assertThat(refused().what()).endsWith("has no model some-org/tiny-bert (404).");
        hub.refusing(404, "RevisionNotFound");
        assertThat(refused().what()).isEqualTo("some-org/tiny-bert has no revision \"main\" (404).");
        hub.refusing(404, null).refusing(0, null).breaking("config.json", Fault.GONE);
        assertThat(refused().what()).contains("lists config.json");
    }

    @Test
    void aPageForPeopleIsNoAnswer() {
        hub.breaking("config.json", Fault.PAGE);
        assertThat(refused().what()).contains("answered with a web page for config.json");
        hub.showingAPage();
        assertThat(refused().remedy()).contains("wants you to sign in");
    }

    @Test
    void aFileOfAnotherCommitIsRefused() {
        hub.breaking("config.json", Fault.OTHER_COMMIT);
        assertThat(refused().what()).endsWith("answered with config.json of another commit.");
    }

    @Test
    void aRepositoryOfPicklesIsRefusedWithAWayOut() {
        hub.without(WEIGHTS);
        Problem problem = refused();
        assertThat(problem.what())
                .startsWith("some-org/tiny-bert has its weights only as pytorch_model.bin, training_args.bin, which is"
                        + " never fetched");
        assertThat(problem.remedy()).contains("safe_serialization=True");
        assertThat(hub.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../model.safetensors", "a/../../b", "/etc/passwd", "a\\..\\b.json", "C:x.json", "a//b", "."})
    void aNameThatLeadsOutOfTheFolderIsRefused(String name) {
        hub.listing(name);
        assertThat(refused().what()).contains("which would lie outside of its folder");
        assertThat(inCache("snapshots")).doesNotExist();
        assertThat(hub.asked()).hasSize(1);
    }

    @Test
    void ofAShardedCheckpointTheShardsOfItsIndexCome() throws Exception {
        byte[] one = hub.content(WEIGHTS);
        hub.without(WEIGHTS)
                .offering("model-00001-of-00002.safetensors", one)
                .offering("model-00002-of-00002.safetensors", new byte[] {1, 2, 3})
                .offering("consolidated.safetensors", one)
                .offering(
                        ModelFiles.INDEX,
                        ("{\"weight_map\": {\"a\": \"model-00002-of-00002.safetensors\","
                                        + " \"b\": \"model-00001-of-00002.safetensors\"}}")
                                .getBytes(StandardCharsets.UTF_8));
        Fetched fetched = fetch();
        assertThat(fetched.files())
                .endsWith(ModelFiles.INDEX, "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")
                .doesNotContain("consolidated.safetensors");
        assertThat(fetched.folder().resolve("model-00001-of-00002.safetensors")).hasBinaryContent(one);
    }

    @Test
    void anIndexThatNamesAStrangeFileIsRefused() {
        hub.without(WEIGHTS)
                .offering(
                        ModelFiles.INDEX,
                        "{\"weight_map\": {\"a\": \"../../x.safetensors\"}}".getBytes(StandardCharsets.UTF_8));
        assertThat(refused().what()).contains("names \"../../x.safetensors\"");
    }

    @Test
    void sizesAndDigestsAreTakenFromHeadersWhereTheListingHasNone() throws Exception {
        hub.withoutSizes();
        assertWhole(fetch());
        hub.asked().clear();
        hub.breaking(WEIGHTS, Fault.OTHER_BYTES);
        Files.delete(inCache("blobs", HubServer.sha256(hub.content(WEIGHTS))));
        assertThat(refused().what()).startsWith("model.safetensors came with digest ");
    }

    @Test
    void withoutAHubTheCacheAnswersAndSaysSo() throws Exception {
        fetch();
        HubSettings gone = settings();
        hub.close();
        Fetched fetched = new HubFetch(gone, SHORT).fetch(model, (file, done, total) -> {});
        assertThat(fetched.unreachable()).asString().contains("cannot be reached");
        assertThat(fetched.folder().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        Problem unknown = catchThrowableOfType(
                Problem.class, () -> new HubFetch(gone, SHORT).fetch(HubModel.parse("other/model"), (f, d, t) -> {}));
        assertThat(unknown.remedy()).contains("other/model is not in the cache either");
    }

    @Test
    void offlineAsksNobody() throws Exception {
        fetch();
        hub.asked().clear();
        HubSettings offline = settings(Map.of("HF_HUB_OFFLINE", "1"));
        assertThat(new HubFetch(offline, SHORT).fetch(model, (f, d, t) -> {}).folder())
                .isEqualTo(inCache("snapshots", HubServer.COMMIT));
        Files.delete(inCache("snapshots", HubServer.COMMIT, WEIGHTS));
        Problem problem =
                catchThrowableOfType(Problem.class, () -> new HubFetch(offline, SHORT).fetch(model, (f, d, t) -> {}));
        assertThat(problem.what()).contains("is not in the cache");
        assertThat(hub.asked()).isEmpty();
    }

    @Test
    void whoeverStopsKeepsWhatCame() throws Exception {
        hub.pausing();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread fetching = Thread.ofVirtual().start(() -> {
            try {
                new HubFetch(settings(), SHORT).fetch(model, (file, done, total) -> {
                    if (file.equals(WEIGHTS) && Files.exists(part())) {
                        begun.countDown();
                    }
                });
            } catch (Throwable e) {
                end.set(e);
            }
        });
        while (!Files.exists(part()) || Files.size(part()) < hub.content(WEIGHTS).length / 2) {
            Thread.sleep(5);
        }
        fetching.interrupt();
        fetching.join();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(Files.size(part())).isEqualTo(hub.content(WEIGHTS).length / 2);
    }

    private Path part() {
        try {
            return inCache("blobs", HubServer.sha256(hub.content(WEIGHTS)) + ".incomplete");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aSilentHubCountsAsLost() {
        hub.pausing();
        HubPatience impatient = new HubPatience(1, Duration.ofMillis(1), Duration.ofSeconds(3));
        Problem problem = catchThrowableOfType(
                Problem.class, () -> new HubFetch(settings(), impatient).fetch(model, (f, d, t) -> {}));
        assertThat(problem.what()).contains("was lost while model.safetensors was fetched");
        assertThat(problem.remedy()).contains("The download resumes at byte " + hub.content(WEIGHTS).length / 2);
    }

    @Test
    void twoThatFetchTheSameFetchItOnce() throws Exception {
        AtomicReference<Throwable> end = new AtomicReference<>();
        List<Thread> both = java.util.stream.Stream.generate(
                        () -> Thread.ofVirtual().unstarted(() -> {
                            try {
                                fetch();
                            } catch (Throwable e) {
                                end.set(e);
                            }
                        }))
                .limit(2)
                .toList();
        both.forEach(Thread::start);
        for (Thread thread : both) {
            thread.join();
        }
        assertThat(end.get()).isNull();
        assertThat(hub.askedFor(WEIGHTS))
                .filteredOn(a -> a.host().equals("elsewhere"))
                .hasSize(1);
    }

    @Test
    void aCopyIsOfFilesOfItsOwnAndOverwritesNothing() throws Exception {
        Path copy = folder.resolve("copy");
        assertWhole(HubFetch.copy(fetch(), copy));
        assertThat(Files.isSymbolicLink(copy.resolve(WEIGHTS))).isFalse();
        Problem problem = catchThrowableOfType(Problem.class, () -> HubFetch.requireEmpty(copy));
        assertThat(problem.what()).endsWith("copy is not empty.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e300", "9223372036854775807", "99999999999999999999999", "\"12\"", "1.5"})
    void aSizeThatNoFileHasIsRefused(String size) {
        hub.stating(size);
        assertThat(refused().what()).contains("with the size ", "which no file can have");
        assertThat(inCache("blobs")).doesNotExist();
    }

    @Test
    void aListingThatDripsIsGivenUpInTime() {
        hub.dripping(); // for a minute and more
        HubPatience patience = new HubPatience(4, Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofMillis(400));
        Problem problem = catchThrowableOfType(
                Problem.class, () -> new HubFetch(settings(), patience).fetch(model, (f, d, t) -> {}));
        assertThat(problem.what()).contains("its answer takes too long");
    }

    @Test
    @UsesProcess
    void whatAKilledCopyLeftIsNotInTheWay() throws Exception {
        Process over = new ProcessBuilder("true").start();
        over.waitFor();
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Path left = Files.writeString(copy.resolve(".model.safetensors.tmp-" + over.pid() + "-a1"), "half");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        HubFetch.copy(fetch(), copy);
        assertThat(left).doesNotExist();
        assertThat(copy.resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
    }

    @Test
    void whatIsFetchedIsNotWrittenThroughALink() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "x");
        Path blobs = Files.createDirectories(inCache("blobs"));
        Files.createSymbolicLink(blobs.resolve(HubServer.sha256(hub.content(WEIGHTS)) + ".incomplete"), precious);
        assertThat(refused().what()).contains("is a link");
        assertThat(precious).hasContent("x");
    }
}
