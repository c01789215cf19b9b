package sirkuit.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Problem;

/// Names of models, and what the environment says of hubs.
class HubModelTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void namesRevisionsAndPagesAreRead() {
        assertThat(HubModel.parse(" org/name ")).isEqualTo(new HubModel("org/name", "main"));
        assertThat(HubModel.parse("name")).isEqualTo(new HubModel("name", "main"));
        assertThat(HubModel.parse("org/name@refs/pr/1")).isEqualTo(new HubModel("org/name", "refs/pr/1"));
        assertThat(HubModel.parse("https://a.hub/org/name")).isEqualTo(new HubModel("org/name", "main"));
        assertThat(HubModel.parse("https://a.hub/org/name/tree/v1.0")).isEqualTo(new HubModel("org/name", "v1.0"));
    }

    @Test
    void aPageOfAnotherHubIsNotTakenForThisOnes() {
        HubSettings usual = HubSettings.of(Map.of("HF_HOME", folder.toString()), null);
        for (String page : new String[] {
            "https://huggingface.co/org/name", "https://hf.co/org/name", "http://www.huggingface.co:443/org/name"
        }) {
            assertThat(HubModel.parse(page, usual)).isEqualTo(new HubModel("org/name", "main"));
        }
        for (String page : new String[] {
            "https://evil.example/org/name",
            "https://huggingface.co.evil.example/org/name/tree/main",
            "https://huggingface.co@evil.example/org/name"
        }) {
            assertThatThrownBy(() -> HubModel.parse(page, usual))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("evil.example")
                    .hasMessageContaining("huggingface.co")
                    .hasMessageContaining("--hub");
        }
        HubSettings own = HubSettings.of(Map.of("HF_HOME", folder.toString()), "http://127.0.0.1:8080");
        assertThat(HubModel.parse("http://127.0.0.1:8080/org/name", own)).isEqualTo(new HubModel("org/name", "main"));
        assertThatThrownBy(() -> HubModel.parse("https://huggingface.co/org/name", own))
                .isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/b/c",
                "../x",
                "a/..",
                "a/b--c",
                "a/b.git",
                "-a/b",
                "a/b@",
                "a/b@../x",
                "a/b@x/../y",
                "a b/c"
            })
    void whatIsNoNameIsRefused(String text) {
        assertThatThrownBy(() -> HubModel.parse(text)).isInstanceOf(Problem.class);
    }

    @Test
    void theEnvironmentSaysWhereAndInWhoseName() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("token"), "hf_file\n");
        HubSettings plain = HubSettings.of(Map.of("HF_HOME", home.toString(), "HF_ENDPOINT", "http://mirror/"), null);
        assertThat(plain.endpoint().toString()).isEqualTo("http://mirror");
        assertThat(plain.cache()).isEqualTo(home.resolve("hub"));
        assertThat(plain.token()).isEqualTo("hf_file");
        HubSettings named = HubSettings.of(
                Map.of(
                        "HF_HOME", home.toString(),
                        "HF_TOKEN", "hf_own",
                        "HF_HUB_CACHE", folder.resolve("c").toString()),
                "other.hub");
        assertThat(named.endpoint().toString()).isEqualTo("https://other.hub");
        assertThat(named.cache()).isEqualTo(folder.resolve("c"));
        assertThat(named.token()).isEqualTo("hf_own");
        assertThat(HubSettings.of(Map.of("XDG_CACHE_HOME", folder.toString()), null)
                        .cache())
                .isEqualTo(folder.resolve("huggingface/hub"));
        assertThatThrownBy(() -> HubSettings.of(Map.of(), "ftp://x")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_TOKEN", "a\nb"), null))
                .isInstanceOf(Problem.class)
                .hasMessageNotContaining("a\nb");
    }

    @Test
    void aSmallFileHasTheDigestThatGitGivesIt() throws Exception {
        Path file = Files.write(folder.resolve("hello"), "hello\n".getBytes(StandardCharsets.UTF_8));
        ContentDigest git =
                java.util.Objects.requireNonNull(ContentDigest.of("W/\"ce013625030ba8dba906f756967f9e9ca394464a\""));
        assertThat(git.of(file)).isEqualTo(git);
        assertThat(ContentDigest.of("\"d41d8cd98f00b204e9800998ecf8427e\"")).isNull();
    }
}
