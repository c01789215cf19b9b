package sirkuit.hub;

import org.jspecify.annotations.Nullable;
import sirkuit.Problem;

/// The meanings of a hub's refusals, and what to do about each.
final class Refusal {
    private Refusal() {}

    /// @param status HTTP status of the failure
    /// @param code   the hub's error code, from `X-Error-Code`; null when there is none
    /// @param file   the requested file; null for the model as a whole
    static Problem of(int status, @Nullable String code, HubModel model, HubSettings settings, @Nullable String file) {
        String page = settings.endpoint() + "/" + model.repository();
        String word = code == null ? "" : code;
        if (word.equals("GatedRepo") || status == 403) {
            return Problem.of("hub.gated-model", model.repository(), settings.host(), status, page);
        }
        if (status == 401) {
            return settings.token() == null
                    ? Problem.of("hub.sign-in-needed", settings.host(), model.repository())
                    : Problem.of("hub.token-refused", settings.host(), model.repository());
        }
        if (word.equals("RevisionNotFound")) {
            return Problem.of("hub.no-such-revision", model.repository(), model.revision(), page);
        }
        if (status == 404 && file != null) {
            return Problem.of("hub.listed-file-missing", settings.host(), file, model);
        }
        if (status == 404) {
            return Problem.of("hub.no-such-model", settings.host(), model.repository(), page);
        }
        return Problem.work("hub.refused-status", settings.host(), status, file == null ? model : file);
    }

    /// A web page instead of data: a network's sign-in page, or an address that is not a hub.
    static Problem page(HubSettings settings, String what) {
        return Problem.work("hub.web-page", settings.host(), what);
    }
}
