package sirkuit.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.CommaList;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.UsesProcess;
import sirkuit.dataset.table.TextSource;

/// Which class a label in a file means, what is said of it, and what is refused.
class ClassBindingTest {
    private static final LabelMap SENTIMENT = new LabelMap(List.of("negative", "neutral", "positive"));

    @TempDir
    Path folder = Path.of("");

    private Path file(String... labels) throws IOException {
        StringBuilder csv = new StringBuilder("text,label\n");
        for (int i = 0; i < labels.length; i++) {
            csv.append("text ").append(i).append(',').append(labels[i]).append('\n');
        }
        return Files.writeString(Files.createTempFile(folder, "data", ".csv"), csv.toString());
    }

    private ClassBinding bound(LabelMap classes, String... labels) throws IOException {
        return Dataset.open(TextSource.of(file(labels)), classes).binding();
    }

    private static String notes(ClassBinding binding) {
        return ClassBinding.notes(List.of(binding)).stream()
                .map(Message::english)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void namesNeedNoWord() throws IOException {
        ClassBinding binding = bound(SENTIMENT, "Negative", "neutral", " POSITIVE ");
        assertThat(binding.counts()).containsExactly(1, 1, 1);
        assertThat(ClassBinding.notes(List.of(binding))).isEmpty();
    }

    @Test
    void numbersAreSaidWithTheClassTheyAreReadAs() throws IOException {
        ClassBinding binding = bound(SENTIMENT, "2", "0.0", "1", "0.0");
        assertThat(binding.counts()).containsExactly(2, 1, 1);
        assertThat(notes(binding))
                .contains("read by number, in config.json's order: 0 as negative, 1 as neutral, 2 as positive");
    }

    @Test
    void aCheckpointWithoutNamesHasNothingToSayOfNumbers() throws IOException {
        for (LabelMap classes : List.of(new LabelMap(List.of("LABEL_0", "LABEL_1")), new LabelMap(List.of("0", "1")))) {
            assertThat(ClassBinding.notes(List.of(bound(classes, "0", "1")))).isEmpty();
        }
    }

    @Test
    void everyClassWithoutATextIsNamed() throws IOException {
        assertThat(notes(bound(SENTIMENT, "negative", "negative"))).contains("is labelled neutral or positive.");
        assertThat(notes(bound(SENTIMENT, "0", "1")))
                .contains("is labelled positive.")
                .contains("--label-map 0=negative,1=positive");
    }

    @Test
    void filesThatAreReadAlikeShareANote() throws IOException {
        List<Message> notes =
                ClassBinding.notes(List.of(bound(SENTIMENT, "0", "1", "2"), bound(SENTIMENT, "2", "1", "0")));
        assertThat(notes).hasSize(1);
    }

    @Test
    void namesAndNumbersInOneFileAreSaid() throws IOException {
        assertThat(notes(bound(SENTIMENT, "negative", "neutral", "2", "positive")))
                .contains("3 rows by name, 1 by number (2 as positive)");
    }

    @Test
    void theUserSaysWhatLabelsMean() throws IOException {
        LabelMap said = SENTIMENT.choosing(Map.of("0", "positive", "1", "Neutral", "2", "0"));
        ClassBinding binding = bound(said, "0", "1", "2.0", "positive");
        assertThat(binding.values()).extracting(ClassBinding.Value::index).containsExactly(2, 1, 0, 2);
        assertThat(notes(binding)).contains("as --label-map says: 2 as negative, 1 as neutral, 0 as positive");
    }

    /// Half of an order is none: the numbers that were left out may mean anything.
    @Test
    void aNumberThatTheUserLeftOutIsNotCountedOn() {
        LabelMap said = SENTIMENT.choosing(Map.of("0", "positive"));
        assertThatThrownBy(() -> bound(said, "0", "1"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("\"1\"")
                .hasMessageContaining("--label-map");
    }

    @Test
    void aMapThatCannotBeMeantIsRefused() {
        assertThatThrownBy(() -> SENTIMENT.choosing(Map.of("0", "good")))
                .hasMessageContaining("0 negative, 1 neutral, 2 positive");
        assertThatThrownBy(() -> SENTIMENT.choosing(Map.of("positive", "negative")))
                .hasMessageContaining("has a class \"positive\" itself")
                .hasMessageContaining("id2label");
    }

    @Test
    void allLabelsThatMeanNoClassAreToldAtOnceWithTheRemedy() {
        assertThatThrownBy(() -> bound(SENTIMENT, "1", "2", "3"))
                .hasMessageContaining("line 4")
                .hasMessageContaining("the label \"3\"")
                .hasMessageContaining("--label-map 1=CLASS,2=CLASS,3=CLASS");
        assertThatThrownBy(() -> bound(SENTIMENT, "pos", "negative", "neg"))
                .hasMessageContaining("line 2")
                .hasMessageContaining("\"pos\", nor \"neg\"");
        assertThatThrownBy(() -> bound(new LabelMap(List.of("LABEL_0", "LABEL_1")), "pos", "neg"))
                .hasMessageContaining("--labels a,b,c")
                .hasMessageContaining("--label-map pos=CLASS,neg=CLASS");
    }

    @Test
    void aColumnOfTextsIsNotTakenForLabels() {
        String[] texts = new String[500];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "a sentence " + i;
        }
        assertThatThrownBy(() -> bound(SENTIMENT, texts)).hasMessageContaining("--label-column");
    }

    /// Stars from 1 to 5: 1 is the first class and 0 none, although the second class has the number 1.
    @Test
    void classesCalledByOtherNumbersAreFoundByTheseAlone() throws IOException {
        LabelMap stars = new LabelMap(List.of("1", "2", "3", "4", "5"));
        assertThat(bound(stars, "1", "5", "3").counts()).containsExactly(1, 0, 1, 0, 1);
        assertThatThrownBy(() -> bound(stars, "0", "1")).hasMessageContaining("\"0\"");
    }

    /// The number in a name is what the data has, not the place of the class: 1 is not the second of five.
    @Test
    void numbersAreNotCountedOnWhereTheNamesHaveOthers() throws IOException {
        List<String> stars = List.of("1 star", "2 stars", "3 stars", "4 stars", "5 stars");
        for (List<String> names : List.of(stars, List.of("level_1", "level_2"), List.of("LABEL_1", "LABEL_2"))) {
            LabelMap classes = new LabelMap(names);
            assertThatThrownBy(() -> bound(classes, "1", "2"))
                    .as(names.toString())
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("the label \"1\"")
                    .hasMessageContaining("--label-map 1=CLASS,2=CLASS");
            assertThat(bound(classes, names.get(1), names.get(0)).counts()).startsWith(1, 1);
            assertThatThrownBy(() -> classes.choosing(Map.of("x", "1"))).hasMessageContaining("no such class");
        }
        assertThat(bound(new LabelMap(stars).choosing(Map.of("1", "1 star", "2", "2 stars")), "1", "2", "2")
                        .counts())
                .containsExactly(1, 2, 0, 0, 0);
        // Numbers that are the places of the classes, and one that is part of a word, change nothing.
        for (List<String> names : List.of(
                List.of("0 negative", "1 positive"), List.of("level_0", "level_1"), List.of("covid19", "other"))) {
            assertThat(bound(new LabelMap(names), "1", "0", "1").counts()).containsExactly(1, 2);
        }
    }

    /// As it is printed, through a real shell.
    @Test
    @UsesProcess
    void whatIsNamedToBeGivenComesThroughAShell() throws Exception {
        LabelMap odd = new LabelMap(List.of("it's bad, really", "a=b \\ c", "fine"));
        String sentence = catchThrowable(() -> odd.choosing(Map.of("very, bad", "none such")))
                .getMessage();
        Map<String, String> first = given(sentence, "--label-map");
        assertThat(first).containsExactlyEntriesOf(Map.of("very, bad", "it's bad, really"));
        assertThat(odd.choosing(first).chosen()).hasSize(1);
        String unknown = catchThrowable(() -> bound(SENTIMENT, "\"kurang, baik\"", "x=y", "5 & 6"))
                .getMessage();
        assertThat(given(unknown, "--label-map")).containsOnlyKeys("kurang, baik", "x=y", "5 & 6");
        String absent = notes(bound(odd, "0", "1"));
        assertThat(odd.choosing(given(absent, "--label-map")).chosen()).hasSize(2);
    }

    @UsesProcess
    private static Map<String, String> given(String sentence, String option) throws Exception {
        String words = sentence.substring(sentence.lastIndexOf(option + " ") + option.length() + 1);
        // Whatever follows the word is the sentence's.
        String command = words.startsWith("'")
                ? words.replaceFirst("(?s)^((?:'[^']*'|\\\\')+).*", "$1")
                : words.split("[ )]")[0];
        Process shell = new ProcessBuilder("bash", "-c", "printf %s " + command).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(command).isZero();
        Map<String, String> pairs = new LinkedHashMap<>();
        CommaList.pairs(said).forEach(p -> pairs.put(p.left(), String.valueOf(p.right())));
        return pairs;
    }

    @Test
    void threeTextsOfEachLabelAreKept() throws IOException {
        ClassBinding binding = bound(SENTIMENT, "0", "0", "1", "0", "0");
        assertThat(binding.values().getFirst().texts()).containsExactly("text 0", "text 1", "text 3");
        assertThat(binding.values().getFirst().count()).isEqualTo(4);
    }

    private ClassBinding thirds(LabelMap classes, String... of) throws IOException {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            labels.add(of[i % of.length]);
        }
        return bound(classes, labels.toArray(String[]::new));
    }

    /// IndoNLU has positive = 0: 20 of 60 right, 52 when 0 is the last class and 2 the first.
    @Test
    void anOrderThatTheAnswersContradictIsSaidWithTheOneThatTheyFit() throws IOException {
        int[][] confusion = {{0, 2, 18}, {1, 16, 3}, {18, 0, 2}};
        Message doubt = thirds(SENTIMENT, "0", "1", "2").doubt(confusion);
        assertThat(doubt)
                .asString()
                .contains("--label-map 0=positive,1=neutral,2=negative")
                .contains("86.7 %, not 30.0 %");
    }

    @Test
    void namesThatTheUserGaveInAnotherOrderAreDoubtedToo() throws IOException {
        LabelMap given = new LabelMap(List.of("positive", "neutral", "negative"), LabelMap.Named.LABELS, Map.of());
        int[][] confusion = {{0, 2, 18}, {1, 16, 3}, {18, 0, 2}};
        assertThat(thirds(given, "positive", "neutral", "negative").doubt(confusion))
                .asString()
                .contains("--labels negative,neutral,positive");
    }

    /// Three classes in a ring: where a class goes and where it comes from are not the same.
    @Test
    void theRemedyOfARingOfClassesGoesTheRightWayRound() throws IOException {
        int[][] confusion = {{0, 20, 0}, {0, 0, 20}, {20, 0, 0}};
        assertThat(thirds(SENTIMENT, "0", "1", "2").doubt(confusion))
                .asString()
                .contains("--label-map 0=neutral,1=positive,2=negative");
        LabelMap given = new LabelMap(List.of("a", "b", "c"), LabelMap.Named.LABELS, Map.of());
        // Texts labelled a are answered by class 1: that is the class to be called a.
        assertThat(thirds(given, "a", "b", "c").doubt(confusion)).asString().contains("--labels c,a,b");
    }

    @Test
    void aBadCheckpointIsNoReasonToDoubtTheLabels() throws IOException {
        ClassBinding numbers = thirds(SENTIMENT, "0", "1", "2");
        // Everything is called positive: another order would do no better than the largest class.
        assertThat(numbers.doubt(new int[][] {{0, 0, 20}, {0, 0, 20}, {0, 0, 20}}))
                .isNull();
        assertThat(numbers.doubt(new int[][] {{6, 7, 7}, {8, 6, 6}, {6, 8, 6}})).isNull();
        assertThat(numbers.doubt(new int[][] {{17, 1, 2}, {2, 16, 2}, {0, 2, 18}}))
                .isNull();
        // Names mean what they say.
        assertThat(thirds(SENTIMENT, "negative", "neutral", "positive")
                        .doubt(new int[][] {{0, 2, 18}, {1, 16, 3}, {18, 0, 2}}))
                .isNull();
    }

    /// id2label {"0":"2","1":"1","2":"0"}: 0 may be the class of that name or the first.
    @Test
    @UsesProcess
    void namesThatAreNumbersInAnotherOrderAreSaidAndDoubtedAndMayBeOverridden() throws Exception {
        LabelMap reversed = new LabelMap(List.of("2", "1", "0"));
        ClassBinding binding = thirds(reversed, "0", "1", "2");
        assertThat(binding.values()).extracting(ClassBinding.Value::index).containsExactly(2, 1, 0);
        assertThat(notes(binding))
                .contains("0 as the class named \"0\" (number 2 in order)", "2 as the class named \"2\" (number 0 in");
        int[][] confusion = {{0, 2, 18}, {1, 16, 3}, {18, 0, 2}};
        String doubt = String.valueOf(binding.doubt(confusion));
        assertThat(doubt).contains("86.7 %, not 30.0 %");
        for (Map<String, String> said :
                List.of(given(notes(binding).replace(".", " "), "--label-map"), given(doubt, "--label-map"))) {
            ClassBinding other = thirds(reversed.choosing(said), "0", "1", "2");
            assertThat(other.values()).extracting(ClassBinding.Value::index).containsExactly(0, 1, 2);
            assertThat(notes(other)).contains("as --label-map says").doesNotContain("read by name");
        }
        // Half of an order is none.
        assertThatThrownBy(() -> bound(reversed.choosing(Map.of("0", "2")), "0", "1"))
                .hasMessageContaining("the label \"1\"")
                .hasMessageContaining("--label-map 0=CLASS,1=CLASS");
    }

    /// 5 is the place of no class: such data cannot be meant by order.
    @Test
    void numbersThatAreNamesAloneNeedNoWord() throws IOException {
        assertThat(ClassBinding.notes(List.of(bound(new LabelMap(List.of("1", "2", "3")), "1", "2", "3"))))
                .isEmpty();
        assertThat(ClassBinding.notes(List.of(bound(new LabelMap(List.of("0", "1", "2")), "0", "1", "2"))))
                .isEmpty();
    }

    @Test
    @UsesProcess
    void asManyLabelsAsClassesFromMinusOneAreTheClassesAndNoneOfThemIsMissing() throws Exception {
        String told =
                catchThrowable(() -> bound(SENTIMENT, "1", "-1", "0.0", "-1")).getMessage();
        assertThat(told).contains("line 3").doesNotContain("--skip-label");
        Map<String, String> said = given(told.replace(". Otherwise", " "), "--label-map");
        assertThat(said)
                .containsExactly(Map.entry("-1", "negative"), Map.entry("0", "neutral"), Map.entry("1", "positive"));
        assertThat(bound(SENTIMENT.choosing(said), "1", "-1", "0.0", "-1").counts())
                .containsExactly(2, 1, 1);
        // Of a fourth label nobody knows which class is none.
        assertThatThrownBy(() -> bound(SENTIMENT, "1", "-1", "0", "2")).hasMessageContaining("--skip-label -1");
        assertThatThrownBy(() -> bound(SENTIMENT, "1", "-1")).hasMessageContaining("--skip-label -1");
    }
}
