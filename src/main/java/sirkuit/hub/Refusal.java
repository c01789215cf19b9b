package sirkuit.hub;

import org.jspecify.annotations.Nullable;
import sirkuit.Problem;

/// What a hub's refusals mean, and what can be done about each.
final class Refusal {
    private Refusal() {}

    /// @param status HTTP status, not of success
    /// @param code   the hub's own word for it, from `X-Error-Code`; null when there is none
    /// @param file   what was asked for; null for the model as a whole
    static Problem of(int status, @Nullable String code, HubModel model, HubSettings settings, @Nullable String file) {
        String page = settings.endpoint() + "/" + model.repository();
        String word = code == null ? "" : code;
        if (word.equals("GatedRepo") || status == 403) {
            return new Problem(
                    model.repository() + " is gated: " + settings.host()
                            + " gives it only to people who have agreed to its terms (" + status + ").",
                    "Open " + page + " in a browser, sign in and ask for access; then put a token of that account into"
                            + " HF_TOKEN (or run hf auth login) and fetch again.");
        }
        if (status == 401) {
            return settings.token() == null
                    ? new Problem(
                            settings.host() + " shows no model " + model.repository()
                                    + " to people who are not signed in (401).",
                            "Check the name. A private or gated model needs a token: put one into HF_TOKEN, or run hf auth"
                                    + " login.")
                    : new Problem(
                            settings.host() + " does not accept the token (401).",
                            "It may have been revoked, or have no right to " + model.repository()
                                    + ". Make another in the hub's settings and put it into HF_TOKEN, or sign in again by"
                                    + " hf auth login.");
        }
        if (word.equals("RevisionNotFound")) {
            return new Problem(
                    model.repository() + " has no revision \"" + model.revision() + "\" (404).",
                    "Look at its branches and tags at " + page + ", or leave @" + model.revision() + " out.");
        }
        if (status == 404 && file != null) {
            return new Problem(
                    settings.host() + " lists " + file + " in " + model + " and does not have it (404).",
                    "The repository may just have been changed: fetch again.");
        }
        if (status == 404) {
            return new Problem(
                    settings.host() + " has no model " + model.repository() + " (404).",
                    "Check the name at " + page + "; a private model looks the same without a token in HF_TOKEN.");
        }
        return new Problem(
                Problem.Kind.WORK,
                settings.host() + " answered with status " + status + " when asked for " + (file == null ? model : file)
                        + ".",
                "Try again later; what was fetched so far is kept.",
                null);
    }

    /// A page for people where there should be data: a network's sign-in, or an address that is no hub.
    static Problem page(HubSettings settings, String what) {
        return new Problem(
                Problem.Kind.WORK,
                settings.host() + " answered with a web page when asked for " + what + ".",
                "Check that HF_ENDPOINT is the address of a hub; a network that wants you to sign in may be in between.",
                null);
    }
}
