package org.espace.payees;

import org.espace.web.KeepsSecrets;
import org.espace.web.Secrets;
import org.springframework.stereotype.Component;

/** The numbers of accounts and taxes, as they lie in the table. */
@Component
class SealedNumbers implements KeepsSecrets {

    private static final int AT_ONCE = 1_000;

    private final ProfileStore store;
    private final Secrets secrets;

    SealedNumbers(ProfileStore store, Secrets secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    @Override
    public int sealAgain() {
        var count = 0;
        var some = store.sealedAfter(0, "", AT_ONCE);
        while (!some.isEmpty()) {
            for (var one : some) {
                if (secrets.isOld(one.sealed())) {
                    var purpose = Profiles.purpose(one.version(), one.field());
                    store.reseal(one, secrets.seal(secrets.open(one.sealed(), purpose), purpose));
                    count++;
                }
            }
            some = store.sealedAfter(some.getLast().version(), some.getLast().field(), AT_ONCE);
        }
        return count;
    }
}
