package org.espace.federation.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BulkOrderTest {

    @Test
    void whatNeedsNothingStaysInItsOrder() {
        assertThat(BulkOrder.of(List.of(Set.of(), Set.of(), Set.of())))
                .containsExactly(List.of(0), List.of(1), List.of(2));
    }

    @Test
    void whatIsNeededComesFirst() {
        assertThat(BulkOrder.of(List.of(Set.of(2), Set.of(), Set.of(3), Set.of())))
                .containsExactly(List.of(3), List.of(2), List.of(0), List.of(1));
    }

    @Test
    void thoseThatNeedEachOtherComeTogetherBeforeWhoeverNeedsThem() {
        assertThat(BulkOrder.of(List.of(Set.of(1), Set.of(3), Set.of(), Set.of(1), Set.of(4))))
                .containsExactly(List.of(1, 3), List.of(0), List.of(2), List.of(4));
    }

    @Test
    void aChainAsLongAsARequestMayBeIsNotTooDeep() {
        var chain = new ArrayList<Set<Integer>>();
        for (var i = 1; i < BulkRequest.MOST_OPERATIONS; i++) {
            chain.add(Set.of(i));
        }
        chain.add(Set.of());

        assertThat(BulkOrder.of(chain).getFirst()).containsExactly(BulkRequest.MOST_OPERATIONS - 1);
    }
}
