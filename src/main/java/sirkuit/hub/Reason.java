package sirkuit.hub;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/// Why a hub could not be reached, in words.
final class Reason {
    private Reason() {}

    static String of(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "its name is not known here";
            }
        }
        return switch (e) {
            case HttpTimeoutException timeout -> "it does not answer";
            case ConnectException refused -> "nobody answers there";
            case SSLException tls -> "its certificate is not accepted (" + tls.getMessage() + ")";
            default -> e.getMessage() == null ? "the connection broke" : e.getMessage();
        };
    }
}
