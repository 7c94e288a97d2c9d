package org.espace.earnings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espace.batch.Progress;
import org.espace.sales.LoadOrder;
import org.espace.sales.Sales;

/** A vendor's files, written as a test needs them, in Espace's own form. Names are made unique by a prefix. */
record Vendor(String prefix, Path folder, Sales sales) {

    static Vendor of(String prefix, Path folder, Sales sales) throws IOException {
        write(folder.resolve("partners.csv"), """
                partner,partner_name,partner_country,location,location_name,location_country,type
                X-P,Maison X,FR,X-1,Maison X Reims,FR,indirect-reseller
                X-P,Maison X,FR,X-2,Maison X Lyon,FR,indirect-reseller
                """, prefix);
        write(folder.resolve("products.csv"), """
                product,name,family,solution_area
                X-SUITE,Suite,suite,modern-work
                X-CLOUD,Cloud,cloud,azure
                """, prefix);
        return new Vendor(prefix, folder, sales);
    }

    Vendor enrolled(String program, String since) throws IOException {
        write(folder.resolve("enrollments.csv"), """
                location,program,since,until
                X-1,%1$s,%2$s,
                X-2,%1$s,%2$s,
                """.formatted(program, since), prefix);
        return this;
    }

    /** Rows are {@code id, location, day, customer, product, amount, currency, status}. */
    int sold(String file, String rows) throws IOException {
        var text = new StringBuilder("line_id,location,day,customer,customer_name,customer_country,customer_segment,"
                + "product,quantity,amount,currency,status\n");
        for (var row : rows.strip().split("\n", -1)) {
            var cells = row.split(",", -1);
            text.append("X-%s,X-%s,%s,X-%s,Customer %s,FR,,X-%s,1,%s,%s,%s\n"
                    .formatted(
                            cells[0], cells[1], cells[2], cells[3], cells[3], cells[4], cells[5], cells[6], cells[7]));
        }
        var feed = folder.resolve(file);
        write(feed, text.toString(), prefix);
        return sales.load(feed, new LoadOrder("espace"), "test", Progress.SILENT)
                .load()
                .orElseThrow();
    }

    private static void write(Path file, String text, String prefix) throws IOException {
        Files.writeString(file, text.replace("X-", prefix + "-"));
    }
}
