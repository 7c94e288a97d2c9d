package org.espace.federation.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The domain name system, asked for a few seconds. */
@Component
class Dns implements TxtRecords {

    private static final String[] TXT = {"TXT"};

    private final String server;

    /** @param server {@code dns:} for the name servers of this machine, or {@code dns://host:port} */
    Dns(@Value("${espace.providers.name-server:dns:}") String server) {
        this.server = server;
    }

    @Override
    public List<String> of(String host) {
        try {
            var names = new InitialDirContext(settings());
            try {
                return texts(names, host);
            } finally {
                names.close();
            }
        } catch (NameNotFoundException _) {
            return List.of();
        } catch (NamingException e) {
            throw new ProviderRefused(ProviderRefused.Why.DOMAIN_SILENT, host, e);
        }
    }

    @SuppressWarnings("BanJNDI") // of DNS it makes texts, and never objects
    private static List<String> texts(DirContext names, String host) throws NamingException {
        @Nullable Attribute found = names.getAttributes(host, TXT).get("TXT");
        var texts = new ArrayList<String>();
        for (var i = 0; found != null && i < found.size(); i++) {
            texts.add(String.valueOf(found.get(i)));
        }
        return texts;
    }

    private Properties settings() {
        var settings = new Properties();
        settings.setProperty(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.setProperty(Context.PROVIDER_URL, server);
        settings.setProperty("com.sun.jndi.dns.timeout.initial", "1000");
        settings.setProperty("com.sun.jndi.dns.timeout.retries", "3");
        return settings;
    }
}
