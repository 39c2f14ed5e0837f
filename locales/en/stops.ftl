# The stop switch

stops-title = Stop switch
stops-calm = Messages, invitations and calls go out as usual.
stops-all = All sending
# $name (String) - what the service is called
stops-channel-of = Everything through { $name }
# $name (String) - name of the connection
stops-connection-of = Connection “{ $name }”
# $name (String) - name of the rule
stops-rule-of = Rule “{ $name }”
# $name (String) - who
# $time (String) - how long ago
stops-pulled = Stopped { $time } by { $name }.
stops-by-key = an API key
stops-by-restoring = restoring from a copy
# $time (String) - day and time the copy was made
stops-restored = Restored from a copy ({ $time }): sends wait for your decision. What is held may have gone out after the copy was made: look, then go on or drop it.
stops-held = { $count ->
    [0] Nothing is held yet.
    [one] { $count } send is held.
   *[other] { $count } sends are held.
}
stops-resume = Go on sending
stops-resume-send = { $count ->
    [one] Go on and send { $count }
   *[other] Go on and send { $count }
}
stops-resume-drop = Go on, drop what is held
stops-drop-title = Drop what is held
stops-drop-text = { $count ->
    [one] { $count } send will not go out. This cannot be undone.
   *[other] { $count } sends will not go out. This cannot be undone.
}
stops-drop-confirm = Drop
stops-sent = { $count ->
    [0] Sending goes on
    [one] Sending goes on, { $count } held send goes out
   *[other] Sending goes on, { $count } held sends go out
}
stops-dropped = { $count ->
    [one] { $count } send dropped
   *[other] { $count } sends dropped
}
stops-pull = Stop sending
stops-pull-do = Stop
stops-what = What to stop
stops-why = Reason
stops-why-example = A mistake in the text, for example
stops-ready = { $count ->
    [0] Nothing waits in the queue now.
    [one] { $count } send waits in the queue now.
   *[other] { $count } sends wait in the queue now.
}
stops-note = What waits and what is new will be held: clients get nothing until you go on. What comes in comes in as usual.
stops-pulled-toast = Sending is stopped
stops-queue = Held
stops-column-to = To
stops-column-what = What
stops-column-why = Why
stops-column-at = Made
stops-somebody = A client
stops-by-rule = a rule
stops-by-event = an event
stops-by-person = a member
stops-failure = held by the stop switch
# $what (String) - name of a connection or service; may be empty
stops-line-pulled = Stop switch: sending stopped ({ $what })
stops-line-pulled-all = Stop switch: all sending stopped
# $count (String) - how many
stops-line-sent = Stop switch released, what was held goes out: { $count }
# $count (String) - how many
stops-line-restored = The database was restored from a copy: sending stopped, { $count } held
# $count (String) - how many
stops-line-dropped = Stop switch released, what was held is dropped: { $count }
