package org.espace.terms;

/** One text that uses every key of terms. */
final class EveryKind {

    static final String TEXT = """
            program: every-kind
            name: {en: "Every kind: all", fr: "Tous les types"}
            version: FY21
            effective: 2020-07-01/2021-07-01
            currency: USD
            fiscal-year-starts: 07-01
            exchange: daily
            rounding: half-even
            open-to: {partner-types: [indirect-reseller, indirect-provider], countries: [FR, DE]}
            requires:
              - agreement: network-membership
              - competency: {any-of: [data-platform, cloud-platform], level: silver}
              - {designation: {any-of: [modern-work, azure]}}
              - {any-of: [{designation: modern-work}, {points: {area: modern-work, at-least: 25}}, {competency: security}]}
              - {first-sale: true}
              - {actively-reselling: {days: 90}}
              - {trailing-revenue: {days: 365, at-least: 25000 USD, once-met: stays}}
              - {trailing-revenue: {days: 365, at-least: 1000000 EUR, of: partner}}
              - {measure: {code: sales-productivity, at-least: 1000.5}}
            counts-from: first-of-month
            markets: {A: [US, CH], B: [PL]}
            split: {rebate: 60%, co-op: 40%}
            source: invented
            levers:
              - {id: core, of: {solution-area: [azure, modern-work], except: [{trial: "true"}, {partner-role: reader, billing: annual}]}, rate: 4%}
              - id: growth
                of: {product-family: azure}
                trigger: consumed
                growth: {over: same-period-last-year}
                per: customer
                period: month
                rate: 7.5%
                cap: {per: customer, period: fiscal-year, amount: 187500 USD}
                stacks-on: core
              - {id: fixed-baseline, of: {customer: C-1}, growth: {over: fixed, baseline: 1000 USD}, per: partner, period: month, rate: 1%}
              - {id: over-previous, of: {partner-list: LC1}, growth: {over: previous-period}, per: partner, period: quarter, tiers: {kind: marginal, steps: [{from: 0, rate: 1%}, {from: 1000.50 USD, fixed: 100 USD}]}}
              - {id: seats, of: {unit: seats}, high-water: {look-back: 12 months, at-least: 50}, per: customer, period: month, per-unit: 20 USD}
              - {id: new-customers, of: all, customer-add: {threshold: 1000 USD, look-back: 1 month, annualized: 12}, rate: 20%, cap: {per: customer, period: term, amount: 100000 USD}}
              - {id: new-monthly, of: all, customer-add: {threshold: 250 USD, look-back: 1 month, months: 12 months}, rate: 5%}
              - {id: bands, of: all, higher-of: [desktops, users], per: customer, period: term, tiers: {kind: retroactive, measure: quantity, steps: [{from: 0, fixed: 100 USD}, {from: 2400.5, fixed: 200 USD}]}}
              - {id: workshop-a, of: {customer-market: A}, per: order, period: term, smallest-of: [{rate: 7.5%}, {per-unit: 150 USD}, {fixed: 6000 USD}]}
              - {id: best, of: {customer-market: [B]}, per: line, largest-of: [{rate: 1%}, {smallest-of: [{rate: 2%}, {fixed: 3 USD}]}], yields-to: [core, growth]}
              - {id: fresh, of: {customer-segment: nonprofit, order-type: new}, customers: {new-for: 12 months}, rate: 2.5%, trigger: paid, requires: [{specialization: azure-migration}, {co-sell: [tier-1, tier-2]}], cap: {per: partner, period: term, amount: 12000 USD}, floor: {per: partner, period: term, amount: 200 USD}, split: {rebate: 100%, co-op: 0%}}
              - {id: old, of: {product: P-1, partner-type: indirect-provider, partner-country: FR, customer-country: [FR, DE]}, customers: {older-than: 12 months}, rate: 0.0001%}
              - {id: annual, of: {customer-list: baseline}, customers: {without: {billing: monthly, except: {trial: "true"}}, look-back: 12 months, asked-of: {billing: annual}}, per: partner, period: term, rate: 2.5%}
              - {id: back, of: all, customers: {new-for: 24 months, without: all, look-back: 1 month}, per: customer, period: month, per-unit: 1 USD}
            ceilings:
              - {id: whole, levers: [core, growth, fresh], per: partner, period: term, rate: 19.5%}
              - {id: plan, plan: true}
              - {id: most, name: {en: At most, fr: Au plus}, levers: core, per: customer, period: fiscal-year, amount: 90000 USD}
            """;

    private EveryKind() {}
}
