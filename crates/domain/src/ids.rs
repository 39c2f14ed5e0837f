//! Identifiers: one UUIDv7 newtype per kind of thing, so that they cannot be mixed up and sort by age.

/// What all identifiers share.
pub trait Id: Copy {
    /// Wraps a raw UUID.
    fn from_uuid(uuid: uuid::Uuid) -> Self;
    /// The raw UUID.
    fn uuid(self) -> uuid::Uuid;
    /// When it was made, epoch milliseconds.
    fn made_at(self) -> i64 {
        (self.uuid().as_u128() >> 80) as i64
    }
    /// Makes a UUIDv7 from a time (epoch milliseconds) and ten random bytes.
    fn make(at_ms: i64, random: &[u8; 10]) -> Self {
        Self::from_uuid(uuid::Builder::from_unix_timestamp_millis(at_ms.max(0) as u64, random).into_uuid())
    }
}

crate::macros::id! {
    /// Организация.
    OrganisationId,
    /// A person with a sign-in; may be a member of several organisations.
    UserId,
    /// A browser session.
    SessionId,
    /// Who a person is at a service they sign in with.
    IdentityId,
    /// A browser that is told what calls its member.
    PushDeviceId,
    /// An invitation into an organisation.
    InviteId,
    /// An API key.
    ApiKeyId,
    /// Подключение.
    ConnectionId,
    /// Событие.
    EventId,
    /// Задание.
    JobId,
    /// Клиент.
    ContactId,
    /// A card that went into another one.
    MergeId,
    /// A note on the card of a client.
    NoteId,
    /// Чат.
    ChatId,
    /// Сообщение.
    MessageId,
    /// A message that is to go out later.
    LaterId,
    /// A stored file.
    FileId,
    /// Быстрый ответ.
    CannedReplyId,
    /// Товар or услуга.
    ProductId,
    /// Заказ.
    OrderId,
    /// A line of an order.
    OrderItemId,
    /// A comment of an order.
    CommentId,
    /// A line of the journal.
    JournalId,
    /// A pulled stop switch.
    StopId,
    /// Правило.
    RuleId,
    /// Запуск of a rule.
    RunId,
    /// Something rules could start from.
    OccasionId,
    /// What somebody said a rule must do with.
    ExampleId,
    /// A draft against what happened.
    ReplayId,
    /// An invitation to review.
    InvitationId,
    /// A public review.
    ReviewId,
}
