package org.espace.federation.scim;

import de.captaingoldfish.scim.sdk.common.constants.ScimType;
import de.captaingoldfish.scim.sdk.common.exceptions.BadRequestException;
import de.captaingoldfish.scim.sdk.common.exceptions.ConflictException;
import de.captaingoldfish.scim.sdk.common.exceptions.ScimException;
import java.util.function.Supplier;
import org.espace.access.EmailAddressRefused;
import org.espace.access.GroupExists;
import org.espace.access.LastAdministrator;
import org.espace.access.UserExists;
import org.espace.access.UserNotFound;

/** Our refusals in the words of RFC 7644, section 3.12. */
final class Refused {

    private Refused() {}

    static <T> T worded(Supplier<T> action) {
        try {
            return action.get();
        } catch (UserExists e) {
            throw new ConflictException("this address is somebody's already", e, ScimType.RFC7644.UNIQUENESS);
        } catch (GroupExists e) {
            throw new ConflictException("another group has this name", e, ScimType.RFC7644.UNIQUENESS);
        } catch (LastAdministrator e) {
            throw new BadRequestException(
                    "this is the last global administrator of the organization: name another one first",
                    e,
                    ScimType.RFC7644.MUTABILITY);
        } catch (EmailAddressRefused e) {
            throw new BadRequestException(
                    "not an address that can be used: " + e.code(), e, ScimType.RFC7644.INVALID_VALUE);
        } catch (UserNotFound e) {
            throw new BadRequestException("no user " + e.getMessage(), e, ScimType.RFC7644.INVALID_VALUE);
        }
    }

    static ScimException invalid(String why) {
        return new BadRequestException(why, ScimType.RFC7644.INVALID_VALUE);
    }
}
