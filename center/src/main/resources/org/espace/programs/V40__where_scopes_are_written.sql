-- The scope of a lever used to be written inside its tiers, and is now written beside them. The promise stays the same,
-- and the one version that was shipped in the old form can still be read.
alter table programs.terms disable trigger terms_are_immutable;
update programs.terms
    set text = replace(
        text,
        E'    tiers:\n      kind: retroactive\n      measure: quantity\n      per: partner\n      period: quarter\n',
        E'    per: partner\n    period: quarter\n    tiers:\n      kind: retroactive\n      measure: quantity\n')
    where published_by = 'espace';
alter table programs.terms enable trigger terms_are_immutable;
