package sirkuit.engine.worker;

import java.nio.file.Path;
import sirkuit.engine.work.Work;
import sirkuit.export.Exporting;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// Exports a run.
final class ExportTask {
    private ExportTask() {}

    /// @throws sirkuit.Problem when it cannot be exported
    static void run(Request.Export request, Work work) {
        Path base = request.checkpoint() == null ? null : Path.of(request.checkpoint());
        Exporting.Exported done = new Exporting(Path.of(request.out()), work::stopPoint)
                .run(Path.of(request.runFolder()), request.form(), base, request.allowOutside());
        work.tell(new Event.Exported(done.out(), done.digest(), done.bytes(), done.tensors(), done.entries()));
    }
}
