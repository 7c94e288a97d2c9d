package org.espace.batch;

import java.sql.SQLException;
import java.util.List;
import org.espace.engine.Rulebook;

/** Where ranges of locations are rated: by threads of this process, or by other machines that see the same lake. */
public interface Runner {

    /**
     * Carries out every order, and returns what each comes to, in any order. The sums are carried on when this returns;
     * when it fails, they are not to be used, and files may be left over.
     */
    List<Rater.Rated> rate(List<Rater.Order> orders, Rulebook rulebook, CarriedSums carried, Rater.Counted counted)
            throws SQLException, InterruptedException;
}
