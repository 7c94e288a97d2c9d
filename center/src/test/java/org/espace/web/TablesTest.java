package org.espace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.RoomTest;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every table says whose its rows are, or stands in a list that was reviewed. */
@RoomTest
class TablesTest {

    private static final Path REVIEWED = Path.of("src/test/resources/org/espace/web/tables.txt");

    @Autowired
    DSLContext sql;

    @Test
    void everyTableHasARuleForTheRowsOfAPartnerOrAReasonWhyNot() throws IOException {
        var rights =
                sql.fetch("""
                select format('%s.%s', nspname, relname) as name,
                       coalesce(nullif(concat_ws(' ',
                           case when has_table_privilege('espace_partner', c.oid, 'select') then 'select' end,
                           case when has_table_privilege('espace_partner', c.oid, 'insert') then 'insert' end,
                           case when has_table_privilege('espace_partner', c.oid, 'update') then 'update' end,
                           case when has_table_privilege('espace_partner', c.oid, 'delete, truncate') then 'delete' end),
                           ''), 'nothing') as rights
                from pg_class c join pg_namespace n on n.oid = relnamespace
                where relkind in ('r', 'p') and nspname not in ('public', 'information_schema') and nspname !~ '^pg_'
                  and not exists (select from pg_policy where polrelid = c.oid and polname = 'rows_of_partner'
                                    and relrowsecurity and polroles = array['espace_partner'::regrole::oid])
                """).intoMap(row -> row.get("name", String.class), row -> row.get("rights", String.class));
        assertThat(new TreeMap<>(rights)).containsExactlyEntriesOf(reviewed());
    }

    @Test
    void viewsShowNoMoreThanTheirTables() {
        assertThat(sql.fetch("""
                        select format('%s.%s', nspname, relname) from pg_class c join pg_namespace n on n.oid = relnamespace
                        where relkind in ('v', 'm') and nspname not in ('pg_catalog', 'information_schema')
                          and not coalesce(reloptions, '{}') @> array['security_invoker=true']
                        """)).isEmpty();
    }

    @Test
    void theRoleOfPartnersRequestsIsNobodyInParticular() {
        var role = sql.fetchSingle("""
                select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolcanlogin as mighty,
                       (select count(*) from pg_class where relowner = pg_roles.oid) as owned
                from pg_roles where rolname = 'espace_partner'""");
        assertThat(role.get("mighty", boolean.class)).isFalse();
        assertThat(role.get("owned", int.class)).isZero();
    }

    private static Map<String, String> reviewed() throws IOException {
        try (Stream<String> lines = Files.lines(REVIEWED)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s*\\|\\s*", 3))
                    .peek(cells -> assertThat(cells[2]).isNotBlank())
                    .collect(Collectors.toMap(cells -> cells[0], cells -> cells[1], (one, _) -> one, TreeMap::new));
        }
    }
}
