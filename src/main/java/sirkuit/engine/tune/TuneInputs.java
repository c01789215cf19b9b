package sirkuit.engine.tune;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.Version;
import sirkuit.checkpoint.ConfigLabels;
import sirkuit.dataset.ClassBinding;
import sirkuit.dataset.Dataset;
import sirkuit.engine.work.Measuring;
import sirkuit.engine.work.Models;
import sirkuit.engine.work.UnknownWords;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.LabelBinding;
import sirkuit.record.Paths;
import sirkuit.record.Provenance;
import sirkuit.record.RunConfig;
import sirkuit.run.TuneCommandLine;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.tuning.MaskedTuning;
import sirkuit.tuning.TrainableParameters;

/// Everything that a run is made from, read and checked before its folder is created, so that bad input leaves no
/// incomplete run.
///
/// @param notes    what to know before trusting the run
/// @param digests  of settings, checkpoint and texts, by role
/// @param bindings the classes of the labels in each file, by role
record TuneInputs(
        RunConfig config,
        Models.Loaded loaded,
        MaskedTuning.Data data,
        List<Message> notes,
        Map<String, String> digests,
        Map<String, ClassBinding> bindings) {
    static final String SETTINGS = "settings";
    static final String CHECKPOINT = Provenance.CHECKPOINT;
    static final String TOKENIZER = Provenance.TOKENIZER;

    static TuneInputs read(RunConfig config, Models models) {
        RunConfig.Settings s = config.settings();
        Models.Loaded loaded =
                models.open(new Request.Model(config.checkpoint(), config.labels(), s.maxLength(), config.prompt()));
        TransformerSpec spec = loaded.model().spec();
        switch (config.what()) {
            case MASK -> mask(config, spec).requireShape(config.checkpoint(), spec.layers(), spec.heads());
            case BIASES -> TrainableParameters.requireBiases(loaded.model());
            case TOP_LAYERS -> TrainableParameters.requireLayers(loaded.model(), topLayers(config));
            case FULL -> {}
        }
        Map<String, String> digests = new LinkedHashMap<>();
        digests.put(SETTINGS, settingsDigest(config));
        digests.put(CHECKPOINT, loaded.digest());
        digests.put(TOKENIZER, loaded.tokenizer().digest());
        Map<String, Dataset> sets = new LinkedHashMap<>();
        config.files().forEach((role, file) -> {
            Dataset data = loaded.data(file);
            sets.put(role, data);
            digests.put(role, data.digest());
        });
        Dataset train = Json.given(sets.get("train"), "train");
        Dataset target = Json.given(sets.get("targetEval"), "targetEval");
        Dataset chooses = sets.get(RunConfig.VALID);
        Splits splits = Splits.of(config, train, chooses, target);
        LabelledTokens texts =
                splits.train() == null ? loaded.tokens(train) : loaded.tokens(train.select(splits.train()));
        LabelledTokens valid = splits.aside() != null
                ? loaded.tokens(train.select(splits.aside()))
                : chooses == null ? null : loaded.tokens(chooses);
        Dataset source = sets.get("sourceEval");
        Map<String, LabelledTokens> watched = new LinkedHashMap<>();
        config.watched()
                .keySet()
                .forEach(name -> watched.put(name, loaded.tokens(Json.given(sets.get("watched " + name), name))));
        LabelledTokens heldOut = loaded.tokens(target);
        LabelledTokens sourceTexts = source == null ? null : loaded.tokens(source);
        Dataset again = sets.get(RunConfig.REPLAY);
        MaskedTuning.Replay replay = again == null ? null : replay(config, loaded.tokens(again));
        MaskedTuning.Data data = new MaskedTuning.Data(texts, heldOut, sourceTexts, watched, valid, replay);
        Map<String, ClassBinding> bindings = new LinkedHashMap<>();
        sets.forEach((role, set) -> bindings.put(role, set.binding()));
        List<Message> notes = new ArrayList<>(ClassBinding.notes(List.copyOf(bindings.values())));
        notes.addAll(notes(sets, train, texts));
        notes.addAll(splits.notes());
        if (again != null && replay != null) {
            notes.addAll(Replayed.notes(s.batches(), replay, again, sets));
            unknown(loaded, replay.texts(), again).ifPresent(notes::add);
        }
        if (texts.truncated() > 0) {
            notes.add(Measuring.cut(loaded, texts.truncated(), texts.size()));
        }
        unknown(loaded, texts, train).ifPresent(notes::add);
        unknown(loaded, heldOut, target).ifPresent(notes::add);
        if (chooses != null && valid != null) {
            unknown(loaded, valid, chooses).ifPresent(notes::add);
        }
        if (source != null && sourceTexts != null) {
            unknown(loaded, sourceTexts, source).ifPresent(notes::add);
        }
        watched.forEach((name, read) -> unknown(loaded, read, Json.given(sets.get("watched " + name), name))
                .filter(note -> !notes.contains(note))
                .ifPresent(notes::add));
        return new TuneInputs(
                config, loaded, data, List.copyOf(notes), Map.copyOf(digests), Collections.unmodifiableMap(bindings));
    }

    /// The same with more to know before trusting the run.
    TuneInputs noting(List<Message> more) {
        return new TuneInputs(
                config,
                loaded,
                data,
                Stream.concat(more.stream(), notes.stream()).toList(),
                digests,
                bindings);
    }

    private static MaskedTuning.Replay replay(RunConfig config, LabelledTokens texts) {
        return new MaskedTuning.Replay(
                texts, Json.given(config.data().replay(), RunConfig.REPLAY).share());
    }

    private static Optional<Message> unknown(Models.Loaded loaded, LabelledTokens texts, Dataset of) {
        return new UnknownWords(loaded.tokenizer()).add(texts).note(of.file().toString());
    }

    private static List<Message> notes(Map<String, Dataset> sets, Dataset train, LabelledTokens texts) {
        List<Message> notes = new ArrayList<>();
        // One file may have two roles.
        sets.values().stream().flatMap(data -> data.notes().stream()).distinct().forEach(notes::add);
        sets.forEach((role, data) -> {
            int both = data == train || role.equals(RunConfig.REPLAY) ? 0 : data.overlap(train);
            if (both > 0) {
                notes.add(Message.of("engine.tune.texts-in-both", both, data.size(), data.file(), train.file()));
            }
        });
        if (Arrays.stream(texts.labels()).distinct().count() == 1) {
            notes.add(Message.of(
                    "engine.tune.one-class",
                    texts.size(),
                    train.file(),
                    train.labels().names().get(texts.labels()[0])));
        }
        return List.copyOf(notes);
    }

    /// The classes of the labels in each file, as events of the run.
    List<Event.Bound> bound() {
        List<Event.Bound> bound = new ArrayList<>();
        config.files()
                .forEach((role, file) -> bound.add(new Event.Bound(
                        role,
                        TuneCommandLine.named(file.file()),
                        LabelBinding.of(Json.given(bindings.get(role), role), false))));
        return List.copyOf(bound);
    }

    /// The provenance of the run.
    ///
    /// @param folder folder of the run
    Provenance provenance(Path folder, Provenance.Machine machine) {
        Map<String, Provenance.Used> files = new LinkedHashMap<>();
        for (String role : List.of(CHECKPOINT, TOKENIZER)) {
            String digest = Json.given(digests.get(role), role);
            files.put(role, new Provenance.Used(Paths.stored(folder, config.checkpoint()), digest, null));
        }
        config.files()
                .forEach((role, file) -> files.put(
                        role,
                        new Provenance.Used(
                                Paths.stored(folder, file.file()),
                                Json.given(digests.get(role), role),
                                LabelBinding.of(Json.given(bindings.get(role), role), false))));
        return new Provenance(Version.current(), files, machine, Instant.now().toString());
    }

    /// The adapted checkpoint's config.json if it differs from the base's: with the class names that the user gave,
    /// so that they are the same everywhere; empty if there are none.
    Map<String, String> renamed() {
        List<String> names = loaded.newNames();
        return names == null
                ? Map.of()
                : Map.of(
                        "config.json",
                        ConfigLabels.renamed(loaded.model().checkpoint().config(), names));
    }

    /// Digests of the texts alone, by role.
    Map<String, String> dataDigests() {
        Map<String, String> data = new LinkedHashMap<>();
        config.files().keySet().forEach(role -> data.put(role, Json.given(digests.get(role), role)));
        return data;
    }

    /// Places of checkpoint and texts, by role.
    Map<String, String> places() {
        Map<String, String> places = new HashMap<>();
        places.put(CHECKPOINT, absolute(config.checkpoint()));
        places.put(TOKENIZER, absolute(config.checkpoint()));
        config.files().forEach((role, file) -> places.put(role, absolute(file.file())));
        return places;
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    /// What is trained.
    TrainableParameters parameters() {
        ProxyModel model = loaded.model();
        boolean head = config.parameters().trainHead();
        return switch (config.what()) {
            case MASK ->
                TrainableParameters.masked(
                        model, mask(config, model.spec()), config.parameters().norms(), head);
            case FULL -> TrainableParameters.full(model);
            case BIASES -> TrainableParameters.biases(model, head);
            case TOP_LAYERS -> TrainableParameters.topLayers(model, topLayers(config));
        };
    }

    private static int topLayers(RunConfig config) {
        return Json.given(config.parameters().topLayers(), "topLayers");
    }

    private static HeadMask mask(RunConfig config, TransformerSpec spec) {
        return config.mask() == null ? HeadMask.none(spec.layers(), spec.heads()) : config.mask();
    }

    /// The digest of all settings that influence the result. File locations, the save interval and the run's name
    /// do not.
    private static String settingsDigest(RunConfig config) {
        Map<String, String> nowhere = new HashMap<>();
        config.files().keySet().forEach(role -> nowhere.put(role, "."));
        nowhere.put(CHECKPOINT, ".");
        RunConfig.Course c = config.course();
        Map<String, @Nullable Object> shaping = new LinkedHashMap<>();
        RunConfig plain = config.at(nowhere);
        shaping.put("labels", plain.labels());
        shaping.put("prompt", plain.prompt());
        shaping.put("what", plain.what());
        shaping.put("mask", plain.mask() == null ? null : plain.mask().selected());
        shaping.put("norms", plain.parameters().norms());
        shaping.put("trainHead", plain.parameters().trainHead());
        if (plain.what() == RunConfig.Trained.TOP_LAYERS) {
            shaping.put("topLayers", plain.parameters().topLayers());
        }
        if (plain.data().replay() != null) {
            shaping.put("replay", plain.data().replay().share());
        }
        shaping.put("files", plain.files());
        shaping.put("settings", plain.settings());
        shaping.put("course", List.of(c.schedule(), String.valueOf(c.maxForgetting()), c.bucketed()));
        if (c.activationCheckpointing()) { // older versions do not have this field
            shaping.put("activationCheckpointing", true);
        }
        if (config.data().validShare() != null) {
            shaping.put("validShare", config.data().validShare());
        }
        return digest(Json.line(shaping).getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
