-- The task of the payees alone is now one for all that is sealed, under another name.
delete from web.scheduled_tasks where task_name = 'payment-numbers-sealed-again';
