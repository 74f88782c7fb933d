"""After: certificates issued by the institution, coded, put on line by the centre, checked by anybody, revoked with a ground.

The number's seven parts come from policy; a certificate proves itself by the log. Erasing a person begins here, for here ends
what the law lets be kept. May touch: its own tables; reads results and below.
"""
