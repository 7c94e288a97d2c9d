-- The secret of a mail waits sealed. The old column holds what was kept in clear before this: the postman's next round seals
-- it, and then it stays empty.
alter table notices.mail add sealed text;
create index mail_in_clear on notices.mail (id) where secret is not null;
