package org.espace.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/** A security key made of software, and the browser that it is plugged into; both lie when they are told to. */
final class SoftwareKey {

    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int WITH_KEY = 0x40;

    private final JsonMapper json = new JsonMapper();
    private final CBORMapper cbor = new ObjectConverter().getCborMapper();
    private final byte[] id = new byte[32];
    private KeyPair pair = pair();
    private String handle = "";

    /** How often it has signed. */
    int counter;

    String origin = "http://localhost:8080";
    String site = "localhost";
    boolean verifiesUser = true;

    SoftwareKey() {
        new SecureRandom().nextBytes(id);
    }

    /** It signs with another key than the one that it has shown. */
    void exchangeKey() {
        pair = pair();
    }

    /** @param question as the server asks it; the answer is what the browser sends */
    String create(String question) {
        var asked = json.readTree(question);
        handle = asked.path("user").path("id").asString();
        var shown = cbor.writeValueAsBytes(
                EC2COSEKey.create((ECPublicKey) pair.getPublic(), COSEAlgorithmIdentifier.ES256));
        var key = ByteBuffer.allocate(18 + id.length + shown.length)
                .put(new byte[16])
                .putShort((short) id.length)
                .put(id)
                .put(shown)
                .array();
        var attestation =
                cbor.writeValueAsBytes(Map.of("fmt", "none", "attStmt", Map.of(), "authData", data(WITH_KEY, key)));
        return answer(Map.of(
                "clientDataJSON",
                        text(client("webauthn.create", asked.path("challenge").asString())),
                "attestationObject", text(attestation)));
    }

    String get(String question) {
        var asked = json.readTree(question);
        counter++;
        var data = data(0, new byte[0]);
        var client = client("webauthn.get", asked.path("challenge").asString());
        return answer(Map.of(
                "clientDataJSON", text(client),
                "authenticatorData", text(data),
                "signature", text(signed(data, Sha256.of(new String(client, UTF_8)))),
                "userHandle", handle));
    }

    private String answer(Map<String, String> response) {
        return json.writeValueAsString(Map.of(
                "id", text(id),
                "rawId", text(id),
                "type", "public-key",
                "response", response,
                "clientExtensionResults", Map.of()));
    }

    private byte[] data(int flags, byte[] more) {
        var data = new ByteArrayOutputStream();
        data.writeBytes(Sha256.of(site));
        data.write(PRESENT | flags | (verifiesUser ? VERIFIED : 0));
        data.writeBytes(ByteBuffer.allocate(4).putInt(counter).array());
        data.writeBytes(more);
        return data.toByteArray();
    }

    private byte[] client(String type, String challenge) {
        return json.writeValueAsBytes(Map.of("type", type, "challenge", challenge, "origin", origin));
    }

    private byte[] signed(byte[] data, byte[] client) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(data);
            signature.update(client);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
