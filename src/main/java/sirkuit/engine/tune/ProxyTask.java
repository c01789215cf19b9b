package sirkuit.engine.tune;

import java.nio.file.Files;
import java.nio.file.Path;
import sirkuit.Problem;
import sirkuit.engine.work.Work;
import sirkuit.project.OutsideSearch;
import sirkuit.protocol.Request;
import sirkuit.proxy.ProxyResult;
import sirkuit.proxy.ProxyStart;
import sirkuit.record.OutsideFiles;
import sirkuit.run.ProxyFolder;
import sirkuit.run.RunFolder;

/// Makes a proxy: a start checkpoint from the base, a run that trains all of it, and the result in its place.
public record ProxyTask(TuneTask tuning) {
    /// The folder of the run that makes the proxy.
    public static String runFolder(Request.Proxy request) {
        return new ProxyFolder(Path.of(request.folder())).run().folder().toString();
    }

    public void run(Request.Proxy request, Work work) {
        ProxyFolder proxy = new ProxyFolder(Path.of(request.folder()));
        ProxyStart start = ProxyStart.write(request.config(), proxy, work::stopPoint);
        try {
            tuning.run(new Request.Tune(start.config(), runFolder(request)), start.notes(), work);
        } finally {
            proxy.discardUnlessBegun();
        }
        ProxyResult.take(proxy);
    }

    /// Resumes any run. One that makes a proxy may have finished already and lack only its last part.
    public void resume(Request.Resume request, Work work) {
        RunFolder run = new RunFolder(Path.of(request.runFolder()));
        ProxyFolder proxy = ProxyFolder.of(run);
        boolean trained = proxy != null && Files.exists(run.eventsFile()) && run.finished();
        if (proxy != null && trained && proxy.made() && !Files.isDirectory(run.adapted())) {
            throw Problem.of("engine.tune.proxy-made", proxy.folder());
        }
        if (trained) {
            OutsideFiles outside = OutsideSearch.ofRun(run, run.config()); // for the model card
            if (request.allowOutside()) {
                OutsideSearch.agree(outside);
            } else {
                outside.require();
            }
        } else {
            tuning.resume(request, work);
        }
        if (proxy != null) {
            ProxyResult.take(proxy);
        }
    }
}
