package sirkuit.proxy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sirkuit.AtomicFile;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ConfigLabels;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.PlacedTensor;
import sirkuit.checkpoint.tokenizer.TokenizerPlan;
import sirkuit.record.ProxyRecord;
import sirkuit.record.RunConfig;
import sirkuit.run.ProxyFolder;
import sirkuit.transformer.family.BaseModel;

/// The beginning of a proxy: a checkpoint with the base's tensors and a new classifier, which a run then trains in
/// full.
///
/// @param config the run
/// @param notes  what to know before trusting it
public record ProxyStart(RunConfig config, List<Message> notes) {
    /// Writes the start checkpoint. Everything is checked first, so that bad input leaves nothing behind.
    ///
    /// @param wanted    the run; its checkpoint is the base, its labels are the classes, null for those of the data
    /// @param stopPoint called often; an exception from it ends the work
    /// @throws Problem when the base cannot become a classifier, the data do not fit, or the folder is not empty
    public static ProxyStart write(RunConfig wanted, ProxyFolder proxy, Runnable stopPoint) {
        proxy.requireNew();
        AtomicFile.requireWritable(proxy.run().configFile());
        Checkpoint base = Checkpoint.open(Path.of(wanted.checkpoint()), stopPoint);
        ProxyClasses classes = ProxyClasses.of(wanted);
        BaseModel model = BaseModel.of(base, classes.names());
        TokenizerPlan.of(base); // a proxy without a tokenizer would be of no use
        proxy.discardUnlessBegun(); // left over from an attempt that was killed
        String settings =
                ConfigLabels.ofClassifier(base.config(), model.architecture(), classes.names(), model.decoder());
        try {
            base.writeWith(
                    proxy.start(), tensors(base, model, wanted.settings().seed()), Map.of("config.json", settings));
            record(base, model, classes).write(proxy.run().folder());
        } catch (RuntimeException e) {
            proxy.discardUnlessBegun();
            throw e;
        }
        return new ProxyStart(started(wanted, proxy), classes.notes());
    }

    private static ProxyRecord record(Checkpoint base, BaseModel model, ProxyClasses classes) {
        return new ProxyRecord(
                ProxyRecord.VERSION,
                base.folder().toAbsolutePath().normalize().toString(),
                base.digest(),
                classes.names(),
                model.fresh().stream().map(BaseModel.Fresh::name).toList());
    }

    private static List<PlacedTensor> tensors(Checkpoint base, BaseModel model, long seed) {
        List<PlacedTensor> tensors = new ArrayList<>();
        model.kept().forEach((name, stored) -> tensors.add(PlacedTensor.of(base, stored, name)));
        ElementType type = tensors.getFirst().type();
        FreshTensors fresh = new FreshTensors(model.initializerRange(), type, seed);
        model.fresh().forEach(tensor -> tensors.add(fresh.of(tensor)));
        return List.copyOf(tensors);
    }

    private static RunConfig started(RunConfig wanted, ProxyFolder proxy) {
        return new RunConfig(
                wanted.schemaVersion(),
                wanted.name(),
                proxy.start().toString(),
                null,
                null,
                RunConfig.Parameters.FULL,
                wanted.data(),
                wanted.settings(),
                wanted.course(),
                wanted.target(),
                wanted.source());
    }
}
