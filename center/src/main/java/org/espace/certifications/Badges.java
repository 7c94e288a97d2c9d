package org.espace.certifications;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.espace.access.SignedIn;
import org.espace.terms.Names;
import org.espace.web.Instance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to certificates that others can check: Open Badges 3.0 as a signed VC-JWT, whose payload is the credential
 * itself. Of the holder it says a salted fingerprint of the address, and the name only where they want it.
 */
@Service
public class Badges {

    static final String REVOCATIONS_AT = "/.well-known/certificate-revocations";
    private static final int LONGEST_CERTIFICATE = 20_000;

    private final SigningKeys keys;
    private final Learners learners;
    private final LearnerStore store;
    private final Clock clock;
    private final String url;
    private final String issuer;

    Badges(SigningKeys keys, Learners learners, LearnerStore store, Clock clock, Instance instance) {
        this.keys = keys;
        this.learners = learners;
        this.store = store;
        this.clock = clock;
        this.url = instance.url();
        this.issuer = instance.name();
    }

    /** What the vendor calls itself. */
    String issuer() {
        return issuer;
    }

    /**
     * @param named whether it says the holder's name
     * @throws CertificationNotFound when it is not theirs, or withdrawn
     */
    @Transactional
    public String certificate(SignedIn holder, int id, boolean named) {
        var learner = learners.find(holder.id());
        var result = learners.result(id)
                .filter(found ->
                        learner.isPresent() && found.learner() == learner.get().number())
                .filter(found -> found.on(today()) != Result.State.WITHDRAWN)
                .orElseThrow(() -> new CertificationNotFound("result " + id));
        return signed(result, holder.email(), named ? holder.name() : null);
    }

    private String signed(Result result, String email, @Nullable String name) {
        var key = keys.signing();
        var credential = credential(result, email, name);
        var claims = new JWTClaimsSet.Builder()
                .issuer(url)
                .subject(subject(result.id()))
                .jwtID(id(result.id()))
                .notBeforeTime(
                        Date.from(result.passed().atStartOfDay(ZoneOffset.UTC).toInstant()));
        if (result.expires() != null) {
            claims.expirationTime(
                    Date.from(result.expires().atStartOfDay(ZoneOffset.UTC).toInstant()));
        }
        credential.forEach(claims::claim);
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .jwk(key.toPublicJWK())
                        .build(),
                claims.build());
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    private Map<String, Object> credential(Result result, String email, @Nullable String name) {
        var certification = result.certification();
        var credential = new LinkedHashMap<String, Object>();
        credential.put(
                "@context",
                List.of(
                        "https://www.w3.org/ns/credentials/v2",
                        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
                        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"));
        credential.put("id", id(result.id()));
        credential.put("type", List.of("VerifiableCredential", "OpenBadgeCredential"));
        credential.put("name", certification.name().en());
        credential.put("issuer", Map.of("id", url, "type", List.of("Profile"), "name", issuer, "url", url));
        credential.put("validFrom", result.passed() + "T00:00:00Z");
        if (result.expires() != null) {
            credential.put("validUntil", result.expires() + "T00:00:00Z");
        }
        credential.put(
                "credentialSubject",
                Map.of(
                        "id",
                        subject(result.id()),
                        "type",
                        List.of("AchievementSubject"),
                        "identifier",
                        identities(email, name),
                        "achievement",
                        Map.of(
                                "id",
                                "urn:uuid:" + uuid("certification:" + certification.code()),
                                "type",
                                List.of("Achievement"),
                                "achievementType",
                                "Certification",
                                "humanCode",
                                certification.code(),
                                "name",
                                certification.name().en(),
                                "description",
                                certification.name().en() + ", " + certification.level() + ", "
                                        + certification.provider(),
                                "criteria",
                                Map.of(
                                        "narrative",
                                        certification.steps().stream()
                                                .map(Names::en)
                                                .collect(Collectors.joining("\n"))))));
        credential.put("credentialStatus", Map.of("id", url + REVOCATIONS_AT, "type", "1EdTechRevocationList"));
        credential.put(
                "credentialSchema",
                List.of(Map.of(
                        "id",
                        "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
                        "type",
                        "1EdTechJsonSchemaValidator2019")));
        return credential;
    }

    private static List<Map<String, Object>> identities(String email, @Nullable String name) {
        var salt = UUID.randomUUID().toString();
        var identities = new ArrayList<Map<String, Object>>();
        identities.add(Map.of(
                "type",
                "IdentityObject",
                "hashed",
                true,
                "identityHash",
                "sha256$" + PublishedDefinition.sha256((email + salt).getBytes(UTF_8)),
                "identityType",
                "emailAddress",
                "salt",
                salt));
        if (name != null) {
            identities.add(
                    Map.of("type", "IdentityObject", "hashed", false, "identityHash", name, "identityType", "name"));
        }
        return identities;
    }

    private String id(int result) {
        return "urn:uuid:" + uuid("result:" + result);
    }

    /** Of each certificate another one, so that nobody sees that two of them are the same person's. */
    private String subject(int result) {
        return "urn:uuid:" + uuid("holder of result:" + result);
    }

    private UUID uuid(String of) {
        return UUID.nameUUIDFromBytes((url + " " + of).getBytes(UTF_8));
    }

    /** What was withdrawn, as the standard lists it; without the reason, which is nobody else's business. */
    public Map<String, Object> revocations() {
        return Map.of(
                "id",
                url + REVOCATIONS_AT,
                "issuer",
                url,
                "revokedCredentials",
                store.withdrawn().stream()
                        .map(result -> Map.of("id", id(result), "revoked", true))
                        .toList());
    }

    /** What somebody who checks a certificate learns. */
    public enum Verdict {
        GOOD,
        EXPIRED,
        WITHDRAWN,
        /** Not ours, or changed, or nothing of the kind. */
        NOT_GENUINE
    }

    /**
     * @param name of what was certified; null when it is not genuine
     * @param issuer what we called ourselves then; null when it is not genuine
     */
    public record Checked(
            Verdict verdict,
            @Nullable String name,
            @Nullable String issuer) {

        private static final Checked NOT_GENUINE = new Checked(Verdict.NOT_GENUINE, null, null);
    }

    /** Trusts our own keys alone, whatever key comes along with the certificate. */
    public Checked check(String certificate) {
        if (certificate.length() > LONGEST_CERTIFICATE) {
            return Checked.NOT_GENUINE;
        }
        try {
            var jwt = SignedJWT.parse(certificate.strip());
            var key = keys.published().getKeyByKeyId(jwt.getHeader().getKeyID());
            if (key == null
                    || !JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
                    || !jwt.verify(new ECDSAVerifier(key.toECKey()))) {
                return Checked.NOT_GENUINE;
            }
            var claims = jwt.getJWTClaimsSet();
            return new Checked(verdict(claims), claims.getStringClaim("name"), (String)
                    claims.getJSONObjectClaim("issuer").get("name"));
        } catch (ParseException | JOSEException | IllegalArgumentException _) {
            return Checked.NOT_GENUINE;
        }
    }

    private Verdict verdict(JWTClaimsSet claims) {
        var withdrawn = new HashSet<String>();
        store.withdrawn().forEach(result -> withdrawn.add(id(result)));
        if (withdrawn.contains(Objects.requireNonNullElse(claims.getJWTID(), ""))) {
            return Verdict.WITHDRAWN;
        }
        var expires = claims.getExpirationTime();
        return expires != null && !expires.toInstant().isAfter(clock.instant()) ? Verdict.EXPIRED : Verdict.GOOD;
    }

    /** @param holder their name; null where they do not show it */
    public record Shown(
            Result result, Result.State state, @Nullable String holder) {}

    /** What the holder lets whoever has the link see; empty when the link was taken back, or never was one. */
    public Optional<Shown> shown(String token) {
        return store.shared(token)
                .flatMap(share -> learners.result(share.getKey())
                        .map(result -> new Shown(
                                result,
                                result.on(today()),
                                Boolean.TRUE.equals(share.getValue())
                                        ? learners.name(result.learner()).orElse(null)
                                        : null)));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
