-- A machine of the vendor may bring numbers about locations as well; one of a partner may not.
alter table federation.api_client
    drop constraint api_client_scopes_check,
    drop constraint vendors_scopes;
alter table federation.api_client
    add constraint api_client_scopes_check check (
        cardinality(scopes) > 0
        and scopes <@ array['earnings.read', 'users.read', 'users.write', 'activity.read', 'certifications.write',
                            'measures.write']),
    add constraint vendors_scopes check (
        partner_id is null or not scopes && array['certifications.write', 'measures.write']);
